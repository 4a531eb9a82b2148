-- Events of one dyad by month and kind; undated ones under the month NULL.
WITH events_chosen AS (
    SELECT * FROM events_now WHERE dyad = $dyad
    UNION ALL
    SELECT * FROM events_now WHERE dyad = '+' AND list_contains(dyads, $dyad)
)
SELECT
    $dyad AS dyad,
    date_trunc('month', date_start)::DATE AS month,
    "type", quad, modality, retold,
    count(*) AS events,
    avg(intensity) AS intensity
FROM events_chosen
WHERE true
  AND date_end >= $since -- if: since
  AND date_start <= $until -- if: until
  AND list_has_any(contexts, $context) -- if: context
GROUP BY ALL
ORDER BY ALL

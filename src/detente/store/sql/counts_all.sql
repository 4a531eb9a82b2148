-- Events of all dyads by month and kind; an event of several dyads counts once in each.
WITH single AS (
    SELECT unnest(dyads) AS dyad, date_start, "type", quad, modality, retold, intensity
    FROM events_now
    WHERE dyad IS NOT NULL
      AND date_end >= $since -- if: since
      AND date_start <= $until -- if: until
      AND list_has_any(contexts, $context) -- if: context
)
SELECT
    dyad,
    date_trunc('month', date_start)::DATE AS month,
    "type", quad, modality, retold,
    count(*) AS events,
    avg(intensity) AS intensity
FROM single
GROUP BY ALL
ORDER BY ALL

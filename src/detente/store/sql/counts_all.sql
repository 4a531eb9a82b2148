-- Events of all dyads by month and kind; an event of several dyads counts once in each.
-- An armed act between two states that a dataset tells is `damped` until a second day and publisher within a month confirm
-- it: history told as news looks like war (research/barometer.md 2.5). `reports` are rows, `events` the acts they tell of.
WITH single AS (
    SELECT
        id, unnest(dyads) AS dyad, date_start, date_end, contexts, dataset, armed, same, report, "type", quad, modality, retold,
        intensity
    FROM events_now
    WHERE dyad IS NOT NULL
),
arms AS (
    SELECT
        id,
        dyad,
        NOT coalesce(min(date_start) OVER near < max(date_start) OVER near
            AND min(report.publisher) OVER near < max(report.publisher) OVER near, false) AS damped
    FROM single
    WHERE armed
    WINDOW near AS (
        PARTITION BY dyad, dataset ORDER BY date_start
        RANGE BETWEEN INTERVAL 30 DAY PRECEDING AND INTERVAL 30 DAY FOLLOWING
    )
)
SELECT
    dyad,
    date_trunc('month', date_start)::DATE AS month,
    dataset, "type", quad, modality, retold,
    coalesce(damped, false) AS damped,
    count(DISTINCT same) + count(*) FILTER (same IS NULL) AS events,
    count(*) AS reports,
    sum(report.articles)::BIGINT AS articles,
    avg(intensity) AS intensity
FROM single
LEFT JOIN arms USING (id, dyad)
WHERE true
  AND date_end >= $since -- if: since
  AND date_start <= $until -- if: until
  AND list_has_any(contexts, $context) -- if: context
  AND dataset IS NULL -- if: own
  AND list_contains($dataset, dataset) -- if: dataset
GROUP BY ALL
ORDER BY ALL

-- Events of our own coding that happened and are not history retold, of some dyads, by month and tendency.
WITH single AS (
    SELECT unnest(dyads) AS dyad, date_start, quad
    FROM events_now
    WHERE dyad IS NOT NULL AND modality IN ('occurred', 'ongoing') AND NOT retold AND date_start IS NOT NULL
      AND dataset IS NULL
)
SELECT
    dyad,
    date_trunc('month', date_start)::DATE AS month,
    count(*) FILTER (WHERE ends_with(quad, 'cooperation')) AS cooperation,
    count(*) FILTER (WHERE ends_with(quad, 'conflict')) AS conflict
FROM single
WHERE list_contains($dyads, dyad)
GROUP BY ALL
ORDER BY ALL

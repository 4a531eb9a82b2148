-- Events of one dyad, or of each, by month and kind; undated ones under the month NULL. `reports` are rows, `events` the
-- acts they tell of.
SELECT
    t.pair AS dyad,
    date_trunc('month', t.date_start)::DATE AS month,
    dataset, "type", quad, modality, retold,
    (coalesce(armed, false) OR list_contains($doubted, "type")) AND NOT list_contains($coders, origin.coder) AND c.date_start IS NULL AS damped,
    count(DISTINCT same) + count(*) FILTER (same IS NULL) AS events,
    count(*) AS reports,
    sum(report.articles)::BIGINT AS articles,
    avg(intensity) AS intensity
FROM told t
LEFT JOIN confirmed c ON t.pair = c.pair AND t.origin.coder = c.source AND t.date_start = c.date_start
WHERE true
  AND date_end >= $since -- if: since
  AND t.date_start <= $until -- if: until
  AND list_has_any(contexts, $context) -- if: context
  AND dataset IS NULL -- if: own
  AND list_contains($dataset, dataset) -- if: dataset
GROUP BY ALL
ORDER BY ALL

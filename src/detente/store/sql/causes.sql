-- The events behind a reading, each with the share of its days that lie in the period.
SELECT
    "type", mode, doubted, date_start, date_end, confidence, reports, ids, best,
    (1 + least(date_end, $until) - greatest(date_start, $since))::DOUBLE / (1 + date_end - date_start) AS share
FROM known
WHERE date_end >= $since AND date_start <= $until
ORDER BY date_start, date_end, "type", direction

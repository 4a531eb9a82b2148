-- By pair, source, period and kind: events, the records behind them, and the sums of confidences and of their squares. An
-- event that lies in several periods counts in each by its share of days.
, placed AS (
    SELECT
        pair, source, date_trunc($by, date_start)::DATE AS "start", "type", mode, doubted, reports, confidence,
        1.0::DOUBLE AS share
    FROM known
    WHERE date_trunc($by, date_start) = date_trunc($by, date_end)
    UNION ALL
    SELECT
        pair, source, "start", "type", mode, doubted, reports, confidence,
        (1 + least(date_end, ("start" + $step::INTERVAL)::DATE - 1) - greatest(date_start, "start"))::DOUBLE
            / (1 + date_end - date_start) AS share
    FROM (
        SELECT *, unnest(generate_series(date_trunc($by, date_start), date_end::TIMESTAMP, $step::INTERVAL))::DATE AS "start"
        FROM known
        WHERE date_trunc($by, date_start) <> date_trunc($by, date_end)
    )
)
SELECT
    pair, source, "start", "type", mode, doubted,
    round(fsum(share), 9) AS events,
    sum(reports)::BIGINT AS reports,
    round(fsum(confidence * share), 9) AS mass,
    round(fsum(confidence * share * confidence * share), 9) AS squares
FROM placed
GROUP BY pair, source, "start", "type", mode, doubted
ORDER BY pair, source, "start", "type", mode NULLS FIRST, doubted

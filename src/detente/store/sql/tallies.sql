-- By pair, source, period and kind: events, the records behind them, and the sums of confidences and of their squares. An
-- event that lies in several periods counts in each by its share of days; those within one are added up first.
, binned AS MATERIALIZED (
    SELECT
        pair, source, "type", mode, doubted, "first",
        CASE WHEN "first" <> "last" THEN date_start ELSE "first" END AS opens,
        CASE WHEN "first" <> "last" THEN date_end ELSE "first" END AS closes,
        count(*) AS events,
        sum(reports) AS reports,
        fsum(confidence) AS mass,
        fsum(confidence * confidence) AS squares
    FROM (SELECT *, date_trunc($by, date_start)::DATE AS "first", date_trunc($by, date_end)::DATE AS "last" FROM known)
    GROUP BY ALL
),
placed AS (
    SELECT pair, source, "type", mode, doubted, "first" AS "start", events, reports, mass, squares, 1.0::DOUBLE AS share
    FROM binned
    WHERE opens = closes
    UNION ALL
    SELECT
        pair, source, "type", mode, doubted, "start", events, reports, mass, squares,
        (1 + least(closes, ("start" + $step::INTERVAL)::DATE - 1) - greatest(opens, "start"))::DOUBLE / (1 + closes - opens)
            AS share
    FROM (
        SELECT *, unnest(generate_series("first"::TIMESTAMP, closes::TIMESTAMP, $step::INTERVAL))::DATE AS "start"
        FROM binned
        WHERE opens <> closes
    )
)
SELECT
    pair, source, "start", "type", mode, doubted,
    round(fsum(events * share), 9) AS events,
    sum(reports)::BIGINT AS reports,
    round(fsum(mass * share), 9) AS mass,
    round(fsum(squares * share * share), 9) AS squares
FROM placed
GROUP BY pair, source, "start", "type", mode, doubted
ORDER BY pair, source, "start", "type", mode NULLS FIRST, doubted

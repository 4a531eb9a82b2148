-- The days on which a pair's armed acts stand, by the datasets that tell of them: where, within so many days, two days and
-- two publishers say so, or many days whoever does. Armed are the types of the rule, and what the dataset's own code says
-- is (CAMEO's "occupy territory" is no ASSAULT here). All other armed acts of a dataset are doubted: history told as news
-- looks like war. What detente coded itself is not: it knows history by its words.
, arms AS (
    SELECT
        pair, origin.coder AS source, date_start AS day,
        min(report.publisher) AS low, max(report.publisher) AS high
    FROM told
    WHERE (armed OR list_contains($doubted, "type"))
      AND NOT list_contains($coders, origin.coder)
      AND list_contains($modalities, modality)
      AND NOT retold
      AND date_start IS NOT NULL
    GROUP BY pair, source, day
),
weeks AS (
    SELECT
        pair, source, day,
        count(*) OVER before >= $many
            OR (count(*) OVER before >= $days AND min(low) OVER before < max(high) OVER before) AS so_far
    FROM arms
    WINDOW before AS (
        PARTITION BY pair, source ORDER BY day RANGE BETWEEN to_days($within - 1) PRECEDING AND CURRENT ROW
    )
),
confirmed AS (
    SELECT pair, source, day AS date_start
    FROM weeks
    WINDOW since_then AS (
        PARTITION BY pair, source ORDER BY day RANGE BETWEEN CURRENT ROW AND to_days($within - 1) FOLLOWING
    )
    QUALIFY bool_or(so_far) OVER since_then
)

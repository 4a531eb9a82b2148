-- Events with what filters need: whole days, the parties, and the dyads. A dyad is a pair of parties of which one acts
-- on the other: each actor with each recipient; all with all where the event is reciprocal, or where several actors
-- cooperate and no recipient is named. `dyad` is the only one, '+' for several, NULL for none.
WITH sides AS (
    SELECT
        *,
        list_distinct(list_transform(actors, lambda a: a.code)) AS ours,
        list_distinct(list_transform(recipients, lambda a: a.code)) AS theirs
    FROM incoming
),
grouped AS (
    SELECT
        * EXCLUDE (ours, theirs),
        list_sort(list_distinct(list_concat(ours, theirs))) AS parties,
        reciprocal OR (len(theirs) = 0 AND ends_with(quad, 'cooperation')) AS mutual,
        ours,
        theirs
    FROM sides
),
paired AS (
    SELECT
        * EXCLUDE (ours, theirs, mutual),
        list_sort(list_distinct(flatten(list_transform(
            CASE WHEN mutual THEN parties ELSE ours END,
            lambda x: list_transform(
                list_filter(CASE WHEN mutual THEN parties ELSE theirs END, lambda y: y <> x),
                lambda y: least(x, y) || '-' || greatest(x, y)
            )
        )))) AS dyads
    FROM grouped
)
SELECT
    $recorded_at::TIMESTAMPTZ AS recorded_at,
    $run_id::VARCHAR AS run_id,
    $batch::VARCHAR AS batch,
    review.supersedes AS supersedes,
    report.dataset AS dataset,
    false AS armed,
    NULL::BIGINT AS same,
    CASE len(dyads) WHEN 0 THEN NULL WHEN 1 THEN dyads[1] ELSE '+' END AS dyad,
    "date"."start" AS date_start,
    "date"."end" AS date_end,
    parties,
    dyads,
    * EXCLUDE (parties, dyads)
FROM paired
ORDER BY dyad, date_start, document_id

-- Pairs of sides with their dyads. `rank` puts them in the order of the table of events. `mutual` are the dyads of a
-- cooperative act that names one side only: all its members with one another.
CREATE OR REPLACE TEMP TABLE pairs AS
WITH met AS (
    SELECT
        who,
        whom,
        p.number AS p,
        q.number AS q,
        p.codes AS ours,
        q.codes AS theirs,
        p.n > 0 AND q.n > 0 AND p.kinds = 'state' AND q.kinds = 'state' AND p.codes <> q.codes AS states
    FROM (SELECT DISTINCT who, whom FROM cells)
    JOIN parties p ON p.key = who
    JOIN parties q ON q.key = whom
),
paired AS (
    SELECT
        *,
        list_sort(list_distinct(list_concat(ours, theirs))) AS parties,
        list_sort(list_distinct(flatten(list_transform(
            ours,
            lambda x: list_transform(list_filter(theirs, lambda y: y <> x), lambda y: least(x, y) || '-' || greatest(x, y))
        )))) AS dyads
    FROM met
)
SELECT
    row_number() OVER (ORDER BY CASE len(dyads) WHEN 0 THEN NULL WHEN 1 THEN dyads[1] ELSE '+' END, who, whom) AS rank,
    (md5_number(concat_ws(chr(30), who, whom)) % 9223372036854775807)::BIGINT AS hashed,
    *,
    CASE WHEN len(ours) > 0 AND len(theirs) > 0 THEN dyads
    ELSE list_sort(list_distinct(flatten(list_transform(
        parties,
        lambda x: list_transform(list_filter(parties, lambda y: y <> x), lambda y: least(x, y) || '-' || greatest(x, y))
    ))))
    END AS mutual
FROM paired

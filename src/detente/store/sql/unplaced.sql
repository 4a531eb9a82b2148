-- The records of one pair, or of each pair, by source and the period in which they begin; how many of them weigh nothing,
-- and why: the first reason that holds counts. Undated ones are in the period NULL.
SELECT
    pair,
    origin.coder AS source,
    date_trunc($by, date_start)::DATE AS "start",
    count(*) AS records,
    count(*) FILTER (NOT list_contains($modalities, modality)) AS unreal,
    count(*) FILTER (list_contains($modalities, modality) AND retold) AS retold,
    count(*) FILTER (list_contains($modalities, modality) AND NOT retold AND date_start IS NULL) AS undated,
    count(*) FILTER (list_contains($modalities, modality) AND NOT retold AND 1 + date_end - date_start > $vaguest) AS vague
FROM told
GROUP BY pair, source, "start"
ORDER BY pair, source, "start"

-- The events of one pair, or of each pair, that weigh something, each once: one for a day, a direction and a type, however
-- often it is told. What a dataset tells of a doubted type stays doubted until the pair shows it on enough days.
WITH told AS (
    SELECT dyad AS pair, * FROM events_now
    WHERE dyad = $dyad -- if: dyad
    WHERE dyad IS NOT NULL AND dyad <> '+' -- if: everyone
    UNION ALL
    SELECT $dyad AS pair, * FROM events_now WHERE dyad = '+' AND list_contains(dyads, $dyad) -- if: dyad
    SELECT unnest(dyads) AS pair, * FROM events_now WHERE dyad = '+' -- if: everyone
),
weighed AS (
    SELECT
        pair,
        origin.coder AS source,
        "type",
        CASE WHEN list_contains($marked, "type" || '/' || mode) THEN mode END AS mode,
        date_start,
        date_end,
        CASE
            WHEN reciprocal OR list_contains($mutual, "type") THEN '='
            WHEN list_contains(list_transform(actors, lambda a: a.code), split_part(pair, '-', 1)) THEN '>'
            ELSE '<'
        END AS direction,
        confidence
        , id, document_id, mode AS any_mode, actors, recipients, reciprocal, evidence -- if: detail
    FROM told
    WHERE list_contains($modalities, modality)
      AND NOT retold
      AND 1 + date_end - date_start <= $vaguest
      AND list_has_any(contexts, $context) -- if: context
      AND origin.coder = $source -- if: source
      AND (list_contains($doubted, "type") OR (date_end >= $since AND date_start <= $until)) -- if: detail
),
once AS (
    SELECT
        pair, source, "type", direction, date_start, date_end,
        CASE WHEN count(mode) = count(*) THEN min(mode) END AS mode,
        max(confidence) AS confidence,
        count(*) AS reports
        , list(id ORDER BY confidence DESC, id) AS ids -- if: detail
        , arg_min({'document_id': document_id, 'mode': any_mode, 'actors': actors, 'recipients': recipients, 'reciprocal': reciprocal, 'words': evidence[1]."text"}, (-confidence, id)) AS best -- if: detail
    FROM weighed
    GROUP BY pair, source, "type", direction, date_start, date_end
),
days AS (
    SELECT pair, source, date_start, count(*) OVER before AS so_many
    FROM (
        SELECT DISTINCT pair, source, date_start
        FROM once
        WHERE list_contains($doubted, "type") AND NOT list_contains($own, source)
    )
    WINDOW before AS (
        PARTITION BY pair, source ORDER BY date_start RANGE BETWEEN to_days($within - 1) PRECEDING AND CURRENT ROW
    )
),
doubted AS (
    SELECT pair, source, date_start
    FROM days
    WINDOW since_then AS (
        PARTITION BY pair, source ORDER BY date_start RANGE BETWEEN CURRENT ROW AND to_days($within - 1) FOLLOWING
    )
    QUALIFY max(so_many) OVER since_then < $days
),
known AS (
    SELECT o.*, coalesce(d.date_start IS NOT NULL AND list_contains($doubted, o."type"), false) AS doubted
    FROM once o
    LEFT JOIN doubted d ON o.pair = d.pair AND o.source = d.source AND o.date_start = d.date_start
)

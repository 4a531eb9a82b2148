-- The events that weigh something, each once: one for a day, a direction and a type, however often it is told.
, weighed AS (
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
        confidence,
        coalesce(armed, false) OR list_contains($doubted, "type") AS armed
        , id, document_id, mode AS any_mode, actors, recipients, reciprocal, evidence -- if: detail
    FROM told
    WHERE list_contains($modalities, modality)
      AND NOT retold
      AND 1 + date_end - date_start <= $vaguest
      AND list_has_any(contexts, $context) -- if: context
      AND origin.coder = $source -- if: source
      AND date_end >= $since -- if: detail
      AND date_start <= $until -- if: detail
),
once AS (
    SELECT
        pair, source, "type", direction, date_start, date_end,
        CASE WHEN count(mode) = count(*) THEN min(mode) END AS mode,
        max(confidence) AS confidence,
        bool_and(armed) AS armed,
        count(*) AS reports
        , list(id ORDER BY confidence DESC, id) AS ids -- if: detail
        , arg_min({'document_id': document_id, 'mode': any_mode, 'actors': actors, 'recipients': recipients, 'reciprocal': reciprocal, 'words': evidence[1]."text"}, (-confidence, id)) AS best -- if: detail
    FROM weighed
    GROUP BY pair, source, "type", direction, date_start, date_end
),
known AS (
    SELECT
        o.* EXCLUDE (armed),
        o.armed AND NOT list_contains($coders, o.source) AND c.date_start IS NULL AS doubted
    FROM once o
    LEFT JOIN confirmed c ON o.pair = c.pair AND o.source = c.source AND o.date_start = c.date_start
)

-- Dyads with what our own coding knows of each: events that count, of the last year that has any, the newest, and its documents.
WITH single AS (
    SELECT unnest(dyads) AS dyad, date_start, quad, modality, retold, document_id
    FROM events_now
    WHERE dyad IS NOT NULL AND dataset IS NULL
      AND list_contains(parties, $party) -- if: party
),
happened AS (
    SELECT *, modality IN ('occurred', 'ongoing') AND NOT retold AS counts FROM single
    WHERE list_contains(string_split(dyad, '-'), $party) -- if: party
)
SELECT
    dyad,
    count(*) AS events,
    count(*) FILTER (WHERE counts AND ends_with(quad, 'cooperation')) AS cooperation,
    count(*) FILTER (WHERE counts AND ends_with(quad, 'conflict')) AS conflict,
    count(DISTINCT document_id) AS documents,
    min(date_start) FILTER (WHERE counts) AS oldest,
    max(date_start) FILTER (WHERE counts) AS newest -- "in the 2020s" is no reason to show the end of 2029
FROM happened
GROUP BY dyad
ORDER BY events DESC, dyad
LIMIT $limit -- if: limit

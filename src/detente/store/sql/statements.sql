-- Statements. They concern the asked parties where speaker's country, what it is about and the document's countries
-- name all of them, and, where speaker and subject name any country, these name at least one.
SELECT * EXCLUDE (recorded_at, run_id, batch, supersedes, document_countries, document_published, own, names)
FROM statements_told
WHERE true
  AND list_has_all(names, $parties) AND (len(own) = 0 OR list_has_any(own, $parties)) -- if: parties
  AND "date"."end" >= $since -- if: since
  AND "date"."start" <= $until -- if: until
  AND list_contains($outlook, outlook) -- if: outlook
  AND contains(lower(speaker), lower($speaker)) -- if: speaker
  AND document_id = $document -- if: document
ORDER BY
    document_published DESC NULLS LAST, -- if: newest
    document_id, evidence[1]."start", id
LIMIT $limit -- if: limit

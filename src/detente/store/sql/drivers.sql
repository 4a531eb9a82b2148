-- Drivers. They concern the asked parties where the document is about all of them.
SELECT d.* EXCLUDE (recorded_at, run_id, batch, supersedes)
FROM drivers_now d
WHERE true
  AND d.document_id IN (SELECT id FROM documents_told WHERE list_has_all(countries, $parties)) -- if: parties
  AND list_contains($direction, direction) -- if: direction
  AND list_contains($hedge, hedge) -- if: hedge
  AND document_id = $document -- if: document
ORDER BY document_id, evidence[1]."start", id
LIMIT $limit -- if: limit

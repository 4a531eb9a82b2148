-- Rows of a table that belongs to no document, in the order in which they were recorded.
SELECT * EXCLUDE (recorded_at, run_id, batch)
FROM {table}_now
WHERE true
  AND document_id = $document -- if: document
  AND list_contains($ids, id) -- if: ids
ORDER BY recorded_at, id
LIMIT $limit -- if: limit

-- The document of a path, the last part of one, an address or an id; the first where several have one file name.
SELECT * EXCLUDE (recorded_at, run_id, batch) FROM documents_now
WHERE path = $name OR url = $name OR id = $name
   OR (contains(path, '/') AND split_part(path, '/', -1) = $name)
ORDER BY published."interval"."start" NULLS LAST, id
LIMIT 1

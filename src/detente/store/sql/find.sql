-- Ids of a table that begin so.
SELECT DISTINCT id FROM {table}_now WHERE starts_with(id, $prefix) ORDER BY id LIMIT 3

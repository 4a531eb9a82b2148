-- Which of some ids a table holds, in any row.
SELECT DISTINCT id FROM {table}_files WHERE list_contains($ids, id)

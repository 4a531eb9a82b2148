-- The row of one id.
SELECT * EXCLUDE (recorded_at, run_id, batch) FROM {table}_now WHERE id = $id LIMIT 1

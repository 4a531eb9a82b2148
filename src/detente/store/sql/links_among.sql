-- Links between some matters, in the order of recording.
SELECT * EXCLUDE (recorded_at, run_id, batch)
FROM links_now
WHERE matter_id IN (SELECT unnest($ids::VARCHAR[])) AND other_id IN (SELECT unnest($ids::VARCHAR[]))
ORDER BY recorded_at, id

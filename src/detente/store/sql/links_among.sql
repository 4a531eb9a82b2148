-- Links between some matters, in the order of recording.
SELECT * EXCLUDE (recorded_at, run_id, batch)
FROM links_now
WHERE list_contains($ids, matter_id) AND list_contains($ids, other_id)
ORDER BY recorded_at, id

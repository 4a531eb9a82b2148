-- How many rows a table shows, and when the newest was recorded.
SELECT count(*) AS rows, max(recorded_at) AS recorded FROM {table}_now

-- What corrections replace: the finding at the root of a line of corrections, and all of the line but the newest.
CREATE TABLE {table}_hidden AS
WITH RECURSIVE line AS (
    SELECT id, recorded_at, batch, supersedes AS root
    FROM {table}_corrections
    WHERE supersedes NOT IN (SELECT id FROM {table}_corrections)
    UNION ALL
    SELECT c.id, c.recorded_at, c.batch, l.root
    FROM {table}_corrections c
    JOIN line l ON c.supersedes = l.id
)
SELECT root AS id FROM line
UNION
SELECT id FROM line
QUALIFY row_number() OVER (PARTITION BY root ORDER BY recorded_at DESC, batch DESC) > 1

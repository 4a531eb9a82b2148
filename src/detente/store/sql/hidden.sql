-- What a correction replaces, and all but the newest of several corrections of one finding.
CREATE TABLE {table}_hidden AS
SELECT supersedes AS id FROM {table}_corrections
UNION
SELECT id FROM {table}_corrections
QUALIFY row_number() OVER (PARTITION BY supersedes ORDER BY recorded_at DESC, batch DESC) > 1

-- Corrections of findings of documents that exist: few rows, so they are kept at hand. Each once, the first of one id.
CREATE TABLE {table}_corrections AS
SELECT c.*
FROM {table}_files c
SEMI JOIN kept k ON c.document_id = k.document_id
WHERE c.supersedes IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY c.id ORDER BY c.recorded_at, c.batch) = 1

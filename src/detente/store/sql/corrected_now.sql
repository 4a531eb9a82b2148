-- Findings as they are known now: of documents that exist, less what was corrected, and the corrections.
CREATE VIEW {table}_now AS
SELECT f.*
FROM {table}_files f
SEMI JOIN kept k ON f.document_id = k.document_id AND f.batch = k.batch
ANTI JOIN {table}_hidden h ON f.id = h.id
WHERE f.supersedes IS NULL
UNION ALL BY NAME
SELECT c.*
FROM {table}_corrections c
ANTI JOIN {table}_hidden h ON c.id = h.id

-- Which documents exist, and with which batch: of two rows with one id the first counts.
CREATE TABLE kept AS
SELECT id AS document_id, arg_min(batch, (recorded_at, batch)) AS batch
FROM documents_files
GROUP BY id

CREATE VIEW documents_now AS
SELECT d.*
FROM documents_files d
SEMI JOIN kept k ON d.id = k.document_id AND d.batch = k.batch

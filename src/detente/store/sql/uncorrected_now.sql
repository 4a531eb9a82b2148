-- The same where nothing was corrected, which spares reading ids.
CREATE OR REPLACE VIEW {table}_now AS
SELECT f.*
FROM {table}_files f
SEMI JOIN kept k ON f.document_id = k.document_id AND f.batch = k.batch

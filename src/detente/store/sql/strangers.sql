-- Documents that rows name and that do not come with them.
SELECT DISTINCT document_id FROM incoming WHERE document_id IS NULL OR NOT list_contains($documents, document_id) LIMIT 3

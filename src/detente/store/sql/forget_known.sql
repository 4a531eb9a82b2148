-- Rows of documents that are there already.
DELETE FROM incoming WHERE list_contains($known, document_id)

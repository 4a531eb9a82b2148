SELECT document_id FROM kept WHERE list_contains($ids, document_id)

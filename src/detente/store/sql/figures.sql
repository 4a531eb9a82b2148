-- Figures. They concern the asked parties where the document is about all of them, or a matter of theirs lists the figure.
SELECT f.* EXCLUDE (recorded_at, run_id, batch, supersedes)
FROM figures_now f
WHERE true
  AND (f.document_id IN (SELECT id FROM documents_told WHERE list_has_all(countries, $parties)) -- if: parties
       OR f.id IN (SELECT unnest(figures) FROM matters_now WHERE list_has_all(list_concat(parties, imposers, targets), $parties))) -- if: parties
  AND period."end" >= $since -- if: since
  AND period."start" <= $until -- if: until
  AND list_contains($unit, unit) -- if: unit
  AND document_id = $document -- if: document
  AND list_contains($ids, id) -- if: ids
ORDER BY document_id, evidence[1]."start", id
LIMIT $limit -- if: limit

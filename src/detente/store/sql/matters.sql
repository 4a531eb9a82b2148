-- Matters as single documents tell them, each with its milestones in their order.
SELECT m.* EXCLUDE (recorded_at, run_id, batch, supersedes), coalesce(s.milestones, []) AS milestones
FROM matters_now m
LEFT JOIN milestones_told s ON s.matter_id = m.id AND s.batch = m.batch
WHERE true
  AND list_has_all(list_concat(m.parties, m.imposers, m.targets), $parties) -- if: parties
  AND list_contains($kind, m.kind) -- if: kind
  AND list_contains($status, m.status) -- if: status
  AND m.id = $id -- if: id
  AND list_contains($ids, m.id) -- if: ids
  AND m.document_id = $document -- if: document
ORDER BY m.document_id, m.evidence[1]."start", m.id

-- Rows of documents that do not exist, or that came with another batch. Corrections come with a batch of their own.
SELECT f.batch, f.document_id, count(*)
FROM {table}_files f
ANTI JOIN kept k ON f.document_id = k.document_id AND f.batch = k.batch
ANTI JOIN matters_corrections c ON f.document_id = c.document_id AND f.batch = c.batch -- if: milestones
WHERE f.recorded_at < $before
  AND (f.supersedes IS NULL OR f.document_id NOT IN (SELECT document_id FROM kept)) -- if: corrected
GROUP BY ALL

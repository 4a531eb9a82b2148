-- Dated milestones with the matters whose they are, newest first: ids only.
SELECT s.matter_id, max(s."date"."end") AS newest
FROM milestones_now s
WHERE s."date" IS NOT NULL
GROUP BY s.matter_id
ORDER BY newest DESC, s.matter_id
LIMIT $limit -- if: limit

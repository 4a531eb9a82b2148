-- Milestones of the matters that are seen, of the same batch.
CREATE VIEW milestones_now AS
SELECT s.*
FROM milestones_files s
SEMI JOIN matters_now m ON s.matter_id = m.id AND s.batch = m.batch

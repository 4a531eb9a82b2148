-- The milestones of each matter as one document tells it, in their order.
CREATE VIEW milestones_told AS -- if: read
CREATE TABLE milestones_told AS -- if: held
SELECT
    matter_id,
    batch,
    list(
        struct_pack(id := id, matter_id := matter_id, status := status, "date" := "date", event_id := event_id,
                    evidence := evidence)
        ORDER BY position
    ) AS milestones
FROM milestones_files
GROUP BY matter_id, batch

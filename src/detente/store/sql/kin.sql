-- Ids of the matters that links judged the same reach from some, and of these themselves.
WITH RECURSIVE edges AS (
    SELECT matter_id AS a, other_id AS b FROM links_now WHERE judgement = 'same'
    UNION ALL
    SELECT other_id, matter_id FROM links_now WHERE judgement = 'same'
),
reached AS (
    SELECT unnest($ids) AS id
    UNION
    SELECT e.b FROM edges e JOIN reached r ON e.a = r.id
)
SELECT DISTINCT id FROM reached

-- Documents whose texts come beside their other fields, without those of some ids.
SELECT
    $recorded_at::TIMESTAMPTZ AS recorded_at,
    $run_id::VARCHAR AS run_id,
    $batch::VARCHAR AS batch,
    incoming.* REPLACE (texts."text" AS "text")
FROM incoming
JOIN texts USING (id)
WHERE NOT list_contains($known, id)

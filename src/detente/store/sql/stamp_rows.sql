SELECT
    $recorded_at::TIMESTAMPTZ AS recorded_at,
    $run_id::VARCHAR AS run_id,
    $batch::VARCHAR AS batch,
    *
FROM incoming

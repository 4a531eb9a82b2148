SELECT
    $recorded_at::TIMESTAMPTZ AS recorded_at,
    $run_id::VARCHAR AS run_id,
    $batch::VARCHAR AS batch,
    review.supersedes AS supersedes,
    *
FROM incoming

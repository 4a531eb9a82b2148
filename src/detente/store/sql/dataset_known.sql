-- Whether anything of a dataset is there.
SELECT 1 FROM events_now WHERE dataset = $dataset LIMIT 1

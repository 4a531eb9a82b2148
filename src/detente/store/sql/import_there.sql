-- Ids that the archive holds of a dataset in some days.
SELECT id FROM events_now WHERE dataset = $dataset AND date_start BETWEEN $since AND $until

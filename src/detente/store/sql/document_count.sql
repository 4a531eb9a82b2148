SELECT count(*) FROM kept

SELECT 1 FROM {table}_corrections LIMIT 1

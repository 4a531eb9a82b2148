-- Rows that belong to no document: of two with one id the first counts.
CREATE VIEW {table}_now AS
SELECT *
FROM {table}_files
QUALIFY row_number() OVER (PARTITION BY id ORDER BY recorded_at, batch) = 1

-- JSON rows as typed columns.
CREATE TEMP TABLE incoming AS
SELECT unnest(from_json($rows::JSON, $structure), max_depth := 2)

-- The different dates of the rows, NULL where none can be read, each with a hash that is the same in every import.
CREATE OR REPLACE TEMP TABLE days AS
SELECT "text", try_strptime("text", $dates)::DATE AS day, (md5_number("text") % 9223372036854775807)::BIGINT AS hashed
FROM (SELECT day_text AS "text" FROM cells UNION SELECT published_text FROM cells)

-- The words that a column holds, the most frequent first.
SELECT "{column}" AS word
FROM {table}_now
WHERE "{column}" IS NOT NULL
GROUP BY word
ORDER BY count(*) DESC, word

-- Ids of the matters whose names hold all the words, the surest first.
SELECT id
FROM matters_now
WHERE len(list_filter($words, lambda w: contains(lower(concat_ws(' ', title, subject, array_to_string(aliases, ' '))), w))) = len($words)
ORDER BY confidence DESC, id
LIMIT $limit

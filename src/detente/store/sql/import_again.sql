-- Rows told before, here or in the archive.
UPDATE rows_flat SET fate = 'again'
WHERE fate IS NULL
  AND (id IN (SELECT id FROM there) OR i IN (
      SELECT unnest(list_sort(list(i))[2:]) FROM rows_flat WHERE fate IS NULL GROUP BY id HAVING count(*) > 1
  ))

-- Documents, by publication, the undated last; without their texts where only a list is wanted.
SELECT
    * EXCLUDE (recorded_at, run_id, batch)
    REPLACE ('' AS "text") -- if: bare
FROM documents_now
WHERE true
  AND list_has_all(countries, $parties) -- if: parties
  AND published."interval"."end" >= $since -- if: since
  AND published."interval"."start" <= $until -- if: until
  AND list_contains($ids, id) -- if: ids
ORDER BY published."interval"."start" NULLS LAST, id
LIMIT $limit -- if: limit

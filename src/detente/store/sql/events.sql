-- Events. Those without a date are left out wherever a time is asked for.
WITH events_chosen AS (
    SELECT * FROM events_now
    WHERE dyad = $dyad -- if: dyad
    UNION ALL SELECT * FROM events_now WHERE dyad = '+' AND list_contains(dyads, $dyad) -- if: dyad
)
SELECT * EXCLUDE (recorded_at, run_id, batch, supersedes, dataset, armed, same, dyad, date_start, date_end, parties, dyads)
FROM events_chosen
WHERE true
  AND list_has_all(parties, $parties) -- if: parties
  AND date_end >= $since -- if: since
  AND date_start <= $until -- if: until
  AND list_contains($type, "type") -- if: type
  AND list_contains($modality, modality) -- if: modality
  AND list_has_any(contexts, $context) -- if: context
  AND retold = $retold -- if: retold
  AND document_id = $document -- if: document
  AND list_contains($ids, id) -- if: ids
  AND dataset IS NULL -- if: own
  AND list_contains($dataset, dataset) -- if: dataset
ORDER BY
    date_start DESC NULLS LAST, date_end DESC, -- if: newest
    date_start NULLS LAST, date_end, document_id, evidence[1]."start", id
LIMIT $limit -- if: limit

-- Dated events of each source by the period in which they begin, however they weigh; of one pair or of all.
SELECT origin.coder AS source, date_trunc($by, date_start)::DATE AS "start", count(*) AS reports
FROM events_now
WHERE date_start IS NOT NULL
  AND (dyad = $dyad OR (dyad = '+' AND list_contains(dyads, $dyad))) -- if: dyad
GROUP BY ALL

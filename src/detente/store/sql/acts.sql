-- Who did what to whom on which day, by one source; of an event that is mutual both ways. Vague dates are left out.
WITH told AS (
    SELECT
        id, "type", date_start, origin.coder AS source, reciprocal,
        list_distinct(list_transform(actors, lambda x: x.code)) AS doers,
        list_distinct(list_transform(recipients, lambda x: x.code)) AS others
    FROM events_now
    WHERE modality IN ('occurred', 'ongoing') AND NOT retold
      AND date_end - date_start <= 31
      AND date_start <= $until -- if: until
      AND origin.coder = $source -- if: source
),
single AS (
    SELECT id, "type", date_start, source, reciprocal, doer, unnest(others) AS other
    FROM (SELECT * EXCLUDE (doers), unnest(doers) AS doer FROM told)
)
SELECT source, date_start, doer, "type", other, id FROM single WHERE doer <> other
UNION ALL
SELECT source, date_start, other, "type", doer, id FROM single WHERE doer <> other AND reciprocal
ORDER BY ALL

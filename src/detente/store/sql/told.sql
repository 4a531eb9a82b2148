-- The records of one pair, or of each pair under its name; one that belongs to several pairs is told of each.
WITH told AS MATERIALIZED ( -- if: dyad
WITH told AS NOT MATERIALIZED ( -- if: everyone
    SELECT dyad AS pair, * FROM events_now
    WHERE dyad = $dyad -- if: dyad
    WHERE dyad IS NOT NULL AND dyad <> '+' -- if: everyone
    UNION ALL
    SELECT $dyad AS pair, * FROM events_now WHERE dyad = '+' AND list_contains(dyads, $dyad) -- if: dyad
    SELECT unnest(dyads) AS pair, * FROM events_now WHERE dyad = '+' -- if: everyone
)

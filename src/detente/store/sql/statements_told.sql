-- Statements with what their documents say of them, and the countries and bodies that speaker and subject name (`own`).
CREATE VIEW statements_told AS -- if: read
CREATE TABLE statements_told AS -- if: held
SELECT *, list_concat(own, document_countries) AS names
FROM (
    SELECT
        s.*,
        d.countries AS document_countries,
        d.published."interval"."end" AS document_published,
        list_filter(list_append(about, country), lambda c: regexp_full_match(c, '[A-Z]{3}|IGO\..+')) AS own
    FROM statements_now s
    JOIN documents_told d ON s.document_id = d.id
)

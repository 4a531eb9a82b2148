-- What findings ask of their documents: small enough to be held where the view is asked often.
CREATE VIEW documents_told AS -- if: read
CREATE TABLE documents_told AS -- if: held
SELECT id, countries, published
FROM documents_now

-- Rows as numbers of their words and what only they say, sorted as the table of events is. A row that is no event says why
-- in `fate`: `undated`, `unknown` act, `dropped` by the crosswalk, `nobody` known on either side.
CREATE OR REPLACE TEMP TABLE rows_flat AS
SELECT
    c.i,
    c.page,
    c.first,
    c.line,
    substr(sha256(concat_ws(chr(31), 'event', $dataset, c.identity)), 1, 16) AS id,
    c.own_id,
    d.day,
    coalesce(published.day > d.day + 365, false) AS retold,
    a.number AS act,
    s.rank AS pair,
    CASE WHEN a.swap THEN c.whom_name ELSE c.who_name END AS doer_name,
    CASE WHEN a.swap THEN c.who_name ELSE c.whom_name END AS done_to_name,
    c.place,
    c.publisher,
    c.story,
    c.articles,
    CASE WHEN $reports THEN xor(xor(a.hashed, s.hashed), d.hashed) END AS same,
    CASE
        WHEN a.act = 'unknown' THEN 'unknown'
        WHEN d.day IS NULL THEN 'undated'
        WHEN a.act = 'dropped' THEN 'dropped'
        WHEN len(s.parties) = 0 THEN 'nobody'
    END AS fate
FROM cells c
JOIN acts a ON a.code = c.code AND a.mode = c.mode AND a.contexts = c.contexts
JOIN pairs s ON s.who = c.who AND s.whom = c.whom
JOIN days d ON d.text = c.day_text
JOIN days published ON published.text = c.published_text
ORDER BY pair, d.day, c.i

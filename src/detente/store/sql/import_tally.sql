-- How the rows of each page fared.
SELECT
    page,
    count(*) AS cells,
    count(*) FILTER (fate = 'undated') AS undated,
    count(*) FILTER (fate = 'unknown') AS unknown,
    count(*) FILTER (fate = 'dropped') AS dropped,
    count(*) FILTER (fate = 'nobody') AS nobody,
    count(*) FILTER (fate = 'again') AS again
FROM rows_flat
GROUP BY page

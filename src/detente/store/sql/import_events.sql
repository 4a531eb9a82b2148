-- Flat rows as rows of the table of events.
SELECT
    $recorded_at::TIMESTAMPTZ AS recorded_at,
    $run_id::VARCHAR AS run_id,
    $batch::VARCHAR AS batch,
    NULL::VARCHAR AS supersedes,
    $dataset AS dataset,
    act.armed AND pair.states AS armed,
    same,
    CASE len(linked) WHEN 0 THEN NULL WHEN 1 THEN linked[1] ELSE '+' END AS dyad,
    day AS date_start,
    day AS date_end,
    pair.parties AS parties,
    linked AS dyads,
    row.id AS id,
    documents.id AS document_id,
    [struct_pack(document_id := documents.id, "start" := first, "end" := first + length(line), "text" := line)] AS evidence,
    struct_pack(coder := $dataset, version := $version, model := NULL::VARCHAR, "rule" := act."rule") AS origin,
    $confidence::DOUBLE AS confidence,
    struct_pack(draft := false, accepted_by := NULL::VARCHAR, supersedes := NULL::VARCHAR) AS review,
    act."type" AS "type",
    act.kind AS mode,
    act.topics AS contexts,
    act.quad AS quad,
    act.intensity AS intensity,
    CASE doer.n
        WHEN 1 THEN [struct_pack(code := doer.code, kind := doer.kinds, "name" := coalesce(nullif(doer_name, ''), doer.code), country := doer.country, sector := doer.sector, person := NULL::VARCHAR, office := NULL::VARCHAR)]
        WHEN 0 THEN []
        ELSE list_transform(doer.codes, lambda x: struct_pack(code := x, kind := CASE WHEN starts_with(x, 'IGO.') OR x = 'EUR' THEN 'igo' ELSE 'state' END, "name" := coalesce(nullif(doer_name, ''), x), country := CASE WHEN starts_with(x, 'IGO.') OR x = 'EUR' THEN NULL ELSE x END, sector := doer.sector, person := NULL::VARCHAR, office := NULL::VARCHAR))
    END AS actors,
    CASE done_to.n
        WHEN 1 THEN [struct_pack(code := done_to.code, kind := done_to.kinds, "name" := coalesce(nullif(done_to_name, ''), done_to.code), country := done_to.country, sector := done_to.sector, person := NULL::VARCHAR, office := NULL::VARCHAR)]
        WHEN 0 THEN []
        ELSE list_transform(done_to.codes, lambda x: struct_pack(code := x, kind := CASE WHEN starts_with(x, 'IGO.') OR x = 'EUR' THEN 'igo' ELSE 'state' END, "name" := coalesce(nullif(done_to_name, ''), x), country := CASE WHEN starts_with(x, 'IGO.') OR x = 'EUR' THEN NULL ELSE x END, sector := done_to.sector, person := NULL::VARCHAR, office := NULL::VARCHAR))
    END AS recipients,
    false AS reciprocal,
    struct_pack("start" := day, "end" := day, "precision" := 'day', approximate := false, open_start := false, open_end := false) AS "date",
    nullif(place, '') AS place,
    'occurred' AS modality,
    retold,
    struct_pack(dataset := $dataset, id := nullif(own_id, ''), publisher := nullif(publisher, ''), story := nullif(story, ''), articles := articles) AS report
FROM rows_flat row
JOIN documents ON documents.page = row.page
JOIN acts act ON act.number = row.act
JOIN (SELECT *, CASE WHEN c THEN mutual ELSE dyads END AS linked FROM pairs, (VALUES (true), (false)) v(c)) pair
    ON pair.rank = row.pair AND pair.c = ends_with(act.quad, 'cooperation')
JOIN parties doer ON doer.number = CASE WHEN act.swap THEN pair.q ELSE pair.p END
JOIN parties done_to ON done_to.number = CASE WHEN act.swap THEN pair.p ELSE pair.q END
WHERE fate IS NULL

-- The figures of the other registers. A figure a row: its code and split, its value. Those
-- that always stand come with 0. Days and flags are read as in figures.sql.
WITH
held AS MATERIALIZED (
  SELECT id, kind, times, materials, costs
  FROM activity
  WHERE coalesce(flags, 0) & 1 = 0
    AND status IN ('held', 'closed')
    AND coalesce(when_date, '') <> ''
    AND (:from = '' OR when_date >= :from)
    AND (:to = '' OR when_date <= :to)
    AND hex(id) NOT IN (SELECT key FROM json_each(:events) WHERE key <> value)
),

-- Materials: what was made, and what was given by activities and beside them.
made AS MATERIALIZED (
  SELECT id, coalesce(kind, '') AS kind, languages, coalesce(made, 0) AS made, coalesce(given, 0) AS given
  FROM material
  WHERE coalesce(flags, 0) & 1 = 0
    AND coalesce(day, '') <> ''
    AND (:from = '' OR day >= :from)
    AND (:to = '' OR day <= :to)
),
material_kind(code) AS (
  VALUES ('leaflet'), ('panel'), ('book'), ('clip'), ('audio'), ('bulletin'), ('lesson'), ('slides'), ('other')
),
copies AS MATERIALIZED (
  SELECT coalesce(json_extract(j.value, '$.kind'), '') AS kind, coalesce(json_extract(j.value, '$.copies'), 0) AS n
  FROM held, json_each(held.materials) j
  UNION ALL
  SELECT kind, given FROM made
),

-- Questions: those received in the period, and those still open when it began.
asked AS MATERIALIZED (
  SELECT id, coalesce(asker_group, '') AS asker, topics, coalesce(difficulty, 0) = 1 AS difficulty,
         coalesce(answered_on, '') <> '' AND (:to = '' OR answered_on <= :to) AS answered,
         coalesce(due_on, '') = '' OR coalesce(answered_on, '') <= due_on AS in_time,
         coalesce(routed_on, '') <> '' AND (:to = '' OR routed_on <= :to) AS passed,
         (:from = '' OR received >= :from) AND (:to = '' OR received <= :to) AS now,
         :from <> '' AND received < :from AND (coalesce(answered_on, '') = '' OR answered_on >= :from) AS carried
  FROM question
  WHERE coalesce(flags, 0) & 1 = 0
    AND coalesce(received, '') <> ''
),
asker(code) AS (
  VALUES ('worker'), ('employer'), ('official'), ('reporter'), ('mediator'), ('other')
),

surveyed AS MATERIALIZED (
  SELECT coalesce(purpose, '') AS purpose, coalesce(sent, 0) AS sent, coalesce(returned, 0) AS returned
  FROM survey
  WHERE coalesce(flags, 0) & 1 = 0
    AND coalesce(day, '') <> ''
    AND (:from = '' OR day >= :from)
    AND (:to = '' OR day <= :to)
),

-- Money: what activities cost, and the lines of the years that the period holds from
-- February to October.
line AS MATERIALIZED (
  SELECT coalesce(source, '') AS source, coalesce(spent, 0) AS spent, coalesce(planned, 0) AS planned
  FROM budget
  WHERE coalesce(flags, 0) & 1 = 0
    AND year IS NOT NULL
    AND (:from = '' OR :from <= printf('%04d-02-01', year))
    AND (:to = '' OR :to >= printf('%04d-10-31', year))
),
money AS MATERIALIZED (
  SELECT coalesce(json_extract(j.value, '$.source'), '') AS source, coalesce(json_extract(j.value, '$.amount'), 0) AS spent
  FROM held, json_each(held.costs) j
  UNION ALL
  SELECT source, spent FROM line
),

practice AS MATERIALIZED (
  SELECT CASE WHEN taken_over IS NULL THEN 0 ELSE json_array_length(taken_over) END AS taken_over
  FROM model
  WHERE coalesce(flags, 0) & 1 = 0
    AND coalesce(since, '') <> ''
    AND (:from = '' OR since >= :from)
    AND (:to = '' OR since <= :to)
)

SELECT 'I9', count(*) FROM made
UNION ALL SELECT 'I9 measure=made', coalesce(sum(made), 0) FROM made
UNION ALL SELECT 'I9 measure=given', coalesce(sum(n), 0) FROM copies
UNION ALL
SELECT 'I9 material=' || code, (SELECT count(*) FROM made m WHERE m.kind = k.code OR k.code = 'other' AND m.kind NOT IN (SELECT code FROM material_kind))
FROM material_kind k
UNION ALL
SELECT 'I9 given=' || code, (SELECT coalesce(sum(n), 0) FROM copies c WHERE c.kind = k.code OR k.code = 'other' AND c.kind NOT IN (SELECT code FROM material_kind))
FROM material_kind k
UNION ALL
SELECT 'I9 language=' || j.value, count(DISTINCT made.id) FROM made, json_each(made.languages) j GROUP BY j.value

UNION ALL SELECT 'I10', coalesce(sum(max(1, coalesce(times, 0))), 0) FROM held WHERE kind IN ('article', 'broadcast', 'social')
UNION ALL
SELECT 'I10 kind=' || column1, (SELECT coalesce(sum(max(1, coalesce(times, 0))), 0) FROM held WHERE kind = column1)
FROM (VALUES ('article'), ('broadcast'), ('social'))

UNION ALL SELECT 'I11', count(*) FROM asked WHERE now
UNION ALL SELECT 'I11 measure=answered', count(*) FROM asked WHERE now AND answered
UNION ALL SELECT 'I11 measure=on_time', count(*) FROM asked WHERE now AND answered AND in_time
UNION ALL SELECT 'I11 measure=passed', count(*) FROM asked WHERE now AND passed
UNION ALL SELECT 'I11 measure=difficulties', count(*) FROM asked WHERE now AND difficulty
UNION ALL SELECT 'I11 measure=carried', count(*) FROM asked WHERE carried
UNION ALL SELECT 'I11 measure=carried_answered', count(*) FROM asked WHERE carried AND answered
UNION ALL
SELECT 'I11 audience=' || code, (SELECT count(*) FROM asked q WHERE now AND (q.asker = a.code OR a.code = 'other' AND q.asker NOT IN (SELECT code FROM asker)))
FROM asker a
UNION ALL
SELECT 'I11 topic=' || j.value, count(DISTINCT asked.id) FROM asked, json_each(asked.topics) j WHERE now GROUP BY j.value

UNION ALL SELECT 'I13', coalesce(sum(sent), 0) FROM surveyed
UNION ALL SELECT 'I13 measure=returned', coalesce(sum(returned), 0) FROM surveyed
UNION ALL SELECT 'I13 measure=surveys', count(*) FROM surveyed
UNION ALL
SELECT 'I13 purpose=' || column1, (SELECT coalesce(sum(sent), 0) FROM surveyed WHERE purpose = column1)
FROM (VALUES ('needs'), ('results'), ('quiz'))

UNION ALL SELECT 'I14', coalesce(sum(spent), 0) FROM money
UNION ALL SELECT 'I14 measure=planned', coalesce(sum(planned), 0) FROM line
UNION ALL
SELECT 'I14 source=' || column1, (SELECT coalesce(sum(spent), 0) FROM money WHERE source = column1)
FROM (VALUES ('state'), ('contributed'))

UNION ALL SELECT 'I15', count(*) FROM practice
UNION ALL SELECT 'I15 measure=taken_over', coalesce(sum(taken_over), 0) FROM practice

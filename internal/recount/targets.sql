-- How one target stands that is not counted by units, told by :how. One row: how many,
-- and of how many. :documents is a JSON list of legal texts; :owner the level that leads a dialogue.
WITH
issued AS (
  SELECT DISTINCT json_extract(value, '$.number') AS number
  FROM json_each(:documents)
  WHERE json_extract(value, '$.issued') BETWEEN :from AND :to
),
asked AS (
  SELECT coalesce(answered_on, '') <> '' AND answered_on <= :to AS answered
  FROM question
  WHERE coalesce(flags, 0) & 1 = 0 AND received BETWEEN :from AND :to
)

SELECT (SELECT count(*) FROM issued WHERE EXISTS (
          SELECT 1 FROM publication p
          WHERE coalesce(p.flags, 0) & 1 = 0 AND trim(p.document) = issued.number AND coalesce(p.day, '') <> '' AND p.day <= :to)),
       (SELECT count(*) FROM issued)
WHERE :how = 'documents'

UNION ALL
SELECT coalesce(sum(answered), 0), count(*) FROM asked WHERE :how = 'questions' HAVING :how = 'questions'

UNION ALL
SELECT EXISTS (
         SELECT 1 FROM activity a JOIN unit u ON u.id = a.host_unit_id
         WHERE coalesce(a.flags, 0) & 1 = 0 AND coalesce(u.flags, 0) & 1 = 0
           AND a.status IN ('held', 'closed') AND a.kind = 'dialogue' AND u.kind = :owner
           AND a.when_date BETWEEN :from AND :to), 1
WHERE :how = 'dialogue'

-- The targets that ask units for activities. :targets is a JSON list of them. A row: the
-- target's code, how many units reach it, and of how many.
shown AS MATERIALIZED (
  SELECT p.id, c.at AS unit FROM publication p JOIN counts_as c ON c.id = p.unit_id
  WHERE coalesce(p.flags, 0) & 1 = 0
    AND coalesce(day, '') <> ''
    AND (:from = '' OR day >= :from)
    AND (:to = '' OR day <= :to)
),

-- The office's own unit, what it was before and became, and those above are not asked.
was(id) AS (
  SELECT unit_id FROM office WHERE coalesce(flags, 0) & 1 = 0 AND unit_id IS NOT NULL
  UNION
  SELECT f.old FROM follows f JOIN was ON f.new = was.id
),
became(id) AS (
  SELECT unit_id FROM office WHERE coalesce(flags, 0) & 1 = 0 AND unit_id IS NOT NULL
  UNION
  SELECT f.new FROM follows f JOIN became ON f.old = became.id
),
apart(id) AS (
  SELECT id FROM was
  UNION
  SELECT id FROM became
  UNION
  SELECT k.parent_id FROM known k JOIN apart ON k.id = apart.id WHERE k.parent_id IS NOT NULL
),

target AS MATERIALIZED (
  SELECT json_extract(value, '$.code') AS code, json_extract(value, '$.unit_kinds') AS unit_kinds,
         json_extract(value, '$.kinds') AS kinds, json_extract(value, '$.roles') AS roles,
         coalesce(json_extract(value, '$.least'), 0) AS least, coalesce(json_extract(value, '$.share'), 0) AS share
  FROM json_each(:targets)
),

-- Who is asked: it stood for the share of the period's days.
sworn AS MATERIALIZED (
  SELECT t.code, t.least, t.roles, t.kinds, u.id
  FROM target t JOIN unit_now u ON u.kind IN (SELECT value FROM json_each(t.unit_kinds))
  WHERE u.stood
    AND u.id NOT IN (SELECT id FROM apart)
    AND (t.share <= 0
         OR 100 * (julianday(CASE WHEN u.until = '' THEN :to ELSE min(:to, u.until) END)
                   - julianday(max(:from, CASE :map WHEN 'today' THEN u.first ELSE u.since END)) + 1)
            >= t.share * (julianday(:to) - julianday(:from) + 1))
),

-- What counts for each: an event once, whatever it did there.
done AS MATERIALIZED (
  SELECT s.code, s.id, count(DISTINCT p.event) AS n
  FROM sworn s JOIN part p ON p.unit = s.id
  WHERE p.role IN (SELECT value FROM json_each(s.roles))
    AND (coalesce(json_array_length(s.kinds), 0) = 0 OR p.kind IN (SELECT value FROM json_each(s.kinds)))
  GROUP BY s.code, s.id
  UNION ALL
  SELECT s.code, s.id, count(*)
  FROM sworn s JOIN shown ON shown.unit = s.id
  WHERE 'publication' IN (SELECT value FROM json_each(s.roles))
  GROUP BY s.code, s.id
),
times AS MATERIALIZED (
  SELECT s.code, s.id, s.least, coalesce(sum(d.n), 0) AS n
  FROM sworn s LEFT JOIN done d ON d.code = s.code AND d.id = s.id
  GROUP BY s.code, s.id
)

SELECT t.code, coalesce(sum(x.n >= x.least), 0), count(x.id)
FROM target t LEFT JOIN times x ON x.code = t.code
GROUP BY t.code

-- The figures that stand only when there is something to count: the topics of direct
-- dissemination, kinds of document and modes that only a newer program knows. A figure a row: its
-- code and split, its value.
WITH held AS (
  SELECT id, kind, mode, topics, coalesce(direct, 0) = 1 AS direct
  FROM activity
  WHERE coalesce(flags, 0) & 1 = 0
    AND status IN ('held', 'closed')
    AND coalesce(when_date, '') <> ''
    AND (:from = '' OR when_date >= :from)
    AND (:to = '' OR when_date <= :to)
    AND hex(id) NOT IN (SELECT key FROM json_each(:events) WHERE key <> value)
)

SELECT 'I1 kind=' || coalesce(kind, ''), count(*)
FROM directive
WHERE coalesce(flags, 0) & 1 = 0
  AND coalesce(kind, '') NOT IN ('plan', 'dispatch', 'decision', 'guidance', 'notice', 'other')
  AND coalesce(issued, '') <> ''
  AND (:from = '' OR issued >= :from)
  AND (:to = '' OR issued <= :to)
GROUP BY 1

UNION ALL

SELECT 'I4 topic=' || j.value, count(DISTINCT h.id)
FROM held h, json_each(h.topics) j
WHERE h.direct
GROUP BY j.value

UNION ALL

SELECT 'I2 mode=' || mode, count(*)
FROM held
WHERE kind = 'training' AND mode NOT IN ('', 'in_person', 'online', 'hybrid')
GROUP BY mode

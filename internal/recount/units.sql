-- How units are counted, and what each took part in: the beginning of business.sql and
-- unit_targets.sql. :map is 'today' where a unit's work counts for the one it went into by the last day.
WITH RECURSIVE
known AS MATERIALIZED (
  SELECT id, coalesce(kind, '') AS kind, coalesce(name, '') AS name, coalesce(code, '') AS code, parent_id, focus,
         coalesce(workers_total, 0) AS workers, coalesce(valid_from, '') AS since, coalesce(valid_to, '') AS until,
         successors, predecessors
  FROM unit
  WHERE coalesce(flags, 0) & 1 = 0
),

-- Ids as they are written in lists; stock shells of before 2023 cannot read them back.
spelled AS MATERIALIZED (
  SELECT id, lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, 17, 4) || '-' || substr(h, 21)) AS text
  FROM (SELECT id, hex(id) AS h FROM known)
),

-- Who could follow whom, and who does: the same code, then the same name, then the lowest id.
follows AS (
  SELECT u.id AS old, s.id AS new FROM known u, json_each(u.successors) j JOIN spelled s ON s.text = j.value
  UNION
  SELECT s.id, u.id FROM known u, json_each(u.predecessors) j JOIN spelled s ON s.text = j.value
),
heir AS MATERIALIZED (
  SELECT old, new FROM (
    SELECT f.old, f.new,
           row_number() OVER (PARTITION BY f.old ORDER BY
             CASE WHEN u.code <> '' AND n.code = u.code THEN 0 WHEN n.name = u.name THEN 1 ELSE 2 END, n.id) AS place
    FROM follows f JOIN known u ON u.id = f.old JOIN known n ON n.id = f.new
    WHERE :map = 'today' AND u.until <> '' AND (:to = '' OR u.until < :to) AND (n.until = '' OR n.until > u.until)
  ) WHERE place = 1
),
went(id, at) AS (
  SELECT id, id FROM known
  UNION
  SELECT went.id, heir.new FROM went JOIN heir ON heir.old = went.at
),
counts_as AS MATERIALIZED (
  SELECT id, at FROM went WHERE at NOT IN (SELECT old FROM heir)
),
unit_now AS MATERIALIZED (
  SELECT k.*,
         (SELECT min(f.since) FROM counts_as c JOIN known f ON f.id = c.id WHERE c.at = k.id) AS first,
         CASE WHEN :map = 'today' AND :to <> ''
              THEN (since = '' OR since <= :to) AND (until = '' OR until >= :to)
              ELSE (since = '' OR :to = '' OR since <= :to) AND (until = '' OR :from = '' OR until >= :from) END AS stood
  FROM known k
  WHERE k.id NOT IN (SELECT old FROM heir)
),

held AS MATERIALIZED (
  SELECT activity.id, coalesce(shared.value, hex(activity.id)) AS event, coalesce(kind, '') AS kind, host_unit_id, co_organisers, units_reached
  FROM activity LEFT JOIN json_each(:events) shared ON shared.key = hex(activity.id)
  WHERE coalesce(flags, 0) & 1 = 0
    AND status IN ('held', 'closed')
    AND coalesce(when_date, '') <> ''
    AND (:from = '' OR when_date >= :from)
    AND (:to = '' OR when_date <= :to)
),
part AS MATERIALIZED (
  SELECT p.role, p.event, p.kind, c.at AS unit FROM (
    SELECT 'host' AS role, event, kind, host_unit_id AS unit FROM held WHERE host_unit_id IS NOT NULL
    UNION ALL SELECT 'co_organiser', event, kind, s.id FROM held, json_each(held.co_organisers) j JOIN spelled s ON s.text = j.value
    UNION ALL SELECT 'reached', event, kind, s.id FROM held, json_each(held.units_reached) j JOIN spelled s ON s.text = j.value
  ) p JOIN counts_as c ON c.id = p.unit
),


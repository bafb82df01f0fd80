-- What an inquiry counts; inquiry.go goes on from here. Units count as they were. Days and
-- flags are read as in figures.sql.
WITH RECURSIVE
known AS MATERIALIZED (
  SELECT id, coalesce(kind, '') AS kind, parent_id, successors, predecessors FROM unit WHERE coalesce(flags, 0) & 1 = 0
),
held AS MATERIALIZED (
  SELECT activity.id, coalesce(shared.value, hex(activity.id)) AS event, host_unit_id,
         NOT EXISTS (SELECT 1 FROM log JOIN member ON member.device = log.device
                     WHERE log.seq = CAST(activity.state AS INTEGER) AND member.unit <> '') AS here, -- its list of people
         co_organisers, units_reached
  FROM activity LEFT JOIN json_each(:events) shared ON shared.key = hex(activity.id)
  WHERE coalesce(flags, 0) & 1 = 0
    AND status IN ('held', 'closed')
    AND coalesce(when_date, '') <> ''
    AND (:from = '' OR when_date >= :from)
    AND (:to = '' OR when_date <= :to)
),
part AS MATERIALIZED (
  SELECT p.activity, p.event, known.id AS unit, known.kind FROM (
    SELECT id AS activity, event, host_unit_id AS unit FROM held
    UNION SELECT held.id, event, unhex(j.value, '-') FROM held, json_each(held.co_organisers) j
    UNION SELECT held.id, event, unhex(j.value, '-') FROM held, json_each(held.units_reached) j
  ) p JOIN known ON known.id = p.unit
),

-- The commune a unit is or lies in.
climb(start, at, n) AS (
  SELECT id, id, 1 FROM known
  UNION ALL
  SELECT climb.start, u.parent_id, climb.n + 1
  FROM climb JOIN known u ON u.id = climb.at
  WHERE u.kind <> 'commune' AND climb.n < 16
),
commune AS MATERIALIZED (
  SELECT climb.start AS id, climb.at AS place FROM climb JOIN known u ON u.id = climb.at WHERE u.kind = 'commune'
),
-- The office's own unit, what it was before and became, and those above.
follows AS (
  SELECT u.id AS old, s.id AS new FROM known u, json_each(u.successors) j JOIN known s ON s.id = unhex(j.value, '-')
  UNION
  SELECT s.id, u.id FROM known u, json_each(u.predecessors) j JOIN known s ON s.id = unhex(j.value, '-')
),
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

-- Who came: those on the list without who ran the event, or the numbers typed.
list AS MATERIALIZED (
  SELECT h.id, count(*) AS total, sum(coalesce(p.sex, '') = 'nữ') AS women,
         sum(coalesce(p.audience, '') = 'worker') AS worker, sum(coalesce(p.audience, '') = 'employer') AS employer,
         sum(coalesce(p.audience, '') = 'official') AS official, sum(coalesce(p.audience, '') = 'reporter') AS reporter,
         sum(coalesce(p.audience, '') = 'mediator') AS mediator
  FROM held h JOIN attendance t ON t.activity_id = h.id JOIN person p ON p.id = t.person_id
  WHERE h.here AND coalesce(t.flags, 0) & 1 = 0 AND coalesce(p.flags, 0) & 1 = 0 AND coalesce(t.role, '') NOT IN ('organiser', 'speaker')
  GROUP BY h.id
),
came AS MATERIALIZED (
  SELECT a.id, h.event, h.event = hex(h.id) AS counted, coalesce(a.kind, '') AS kind, coalesce(a.task, '') AS task, a.topics, a.materials, a.costs, a.audience AS meant, a.when_date AS day,
         coalesce(a.direct, 0) AS direct, coalesce(a.heads_ethnic_minority, 0) AS ethnic_minority, coalesce(a.heads_disabled, 0) AS disabled,
         c.place,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.total ELSE a.heads_total END, 0) AS total,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.women ELSE a.heads_women END, 0) AS women,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.worker ELSE a.heads_workers END, 0) AS worker,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.employer ELSE a.heads_employers END, 0) AS employer,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.official ELSE a.heads_officials END, 0) AS official,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.reporter ELSE a.heads_reporters END, 0) AS reporter,
         coalesce(CASE WHEN a.heads_listed = 1 AND here THEN l.mediator ELSE a.heads_mediators END, 0) AS mediator
  FROM held h JOIN activity a ON a.id = h.id LEFT JOIN list l ON l.id = h.id LEFT JOIN commune c ON c.id = a.host_unit_id
),
group_at AS MATERIALIZED (
  SELECT id, 'worker' AS part, worker AS n FROM came
  UNION ALL SELECT id, 'employer', employer FROM came
  UNION ALL SELECT id, 'official', official FROM came
  UNION ALL SELECT id, 'reporter', reporter FROM came
  UNION ALL SELECT id, 'mediator', mediator FROM came
  UNION ALL SELECT id, 'other', total - worker - employer - official - reporter - mediator FROM came
),
asked AS MATERIALIZED (
  SELECT * FROM question
  WHERE coalesce(flags, 0) & 1 = 0 AND coalesce(received, '') <> ''
    AND (:from = '' OR received >= :from) AND (:to = '' OR received <= :to)
)

-- The figures that always stand: one row, one column a figure, named by its code
-- and split. :from and :to are days, both included; an empty one is no bound. Bit 1
-- of flags: deleted. :events see events.sql.
WITH
held AS MATERIALIZED (
  SELECT *, coalesce(heads_listed, 0) = 1 AND NOT EXISTS (
           SELECT 1 FROM log JOIN member ON member.device = log.device
           WHERE log.seq = CAST(activity.state AS INTEGER) AND member.unit <> '') AS listed
  FROM activity
  WHERE coalesce(flags, 0) & 1 = 0
    AND status IN ('held', 'closed')
    AND coalesce(when_date, '') <> ''
    AND (:from = '' OR when_date >= :from)
    AND (:to = '' OR when_date <= :to)
    AND hex(id) NOT IN (SELECT key FROM json_each(:events) WHERE key <> value)
),

-- Documents that steer the work.
issued AS MATERIALIZED (
  SELECT coalesce(kind, '') AS kind
  FROM directive
  WHERE coalesce(flags, 0) & 1 = 0
    AND coalesce(issued, '') <> ''
    AND (:from = '' OR issued >= :from)
    AND (:to = '' OR issued <= :to)
),

-- Who stands on the lists, without those who ran the event. The lists of other offices are
-- not here: of their activities the numbers are all there is.
list AS MATERIALIZED (
  SELECT h.id, count(*) AS total,
         sum(coalesce(p.sex, '') = 'nữ') AS women,
         sum(coalesce(p.audience, '') = 'worker') AS worker,
         sum(coalesce(p.audience, '') = 'employer') AS employer,
         sum(coalesce(p.audience, '') = 'official') AS official,
         sum(coalesce(p.audience, '') = 'reporter') AS reporter,
         sum(coalesce(p.audience, '') = 'mediator') AS mediator
  FROM held h
  JOIN attendance t ON t.activity_id = h.id
  JOIN person p ON p.id = t.person_id
  WHERE h.listed
    AND coalesce(t.flags, 0) & 1 = 0
    AND coalesce(p.flags, 0) & 1 = 0
    AND coalesce(t.role, '') NOT IN ('organiser', 'speaker')
  GROUP BY h.id
),

counted AS MATERIALIZED (
  SELECT h.kind, h.prizes,
         coalesce(h.direct, 0) = 1 AS direct,
         coalesce(nullif(h.mode, ''), 'in_person') AS mode,
         h.kind = 'woven' OR coalesce(h.woven_into, '') <> '' AS woven,
         coalesce(u.kind, '') AS host,
         coalesce(CASE WHEN h.listed THEN l.total ELSE h.heads_total END, 0) AS total,
         coalesce(CASE WHEN h.listed THEN l.women ELSE h.heads_women END, 0) AS women,
         coalesce(CASE WHEN h.listed THEN l.worker ELSE h.heads_workers END, 0) AS worker,
         coalesce(CASE WHEN h.listed THEN l.employer ELSE h.heads_employers END, 0) AS employer,
         coalesce(CASE WHEN h.listed THEN l.official ELSE h.heads_officials END, 0) AS official,
         coalesce(CASE WHEN h.listed THEN l.reporter ELSE h.heads_reporters END, 0) AS reporter,
         coalesce(CASE WHEN h.listed THEN l.mediator ELSE h.heads_mediators END, 0) AS mediator,
         h.heads_ethnic_minority AS ethnic_minority,
         h.heads_disabled AS disabled
  FROM held h
  LEFT JOIN list l ON l.id = h.id
  LEFT JOIN unit u ON u.id = h.host_unit_id AND coalesce(u.flags, 0) & 1 = 0
)

SELECT
  count(*) FILTER (WHERE kind = 'directive') + (SELECT count(*) FROM issued) AS "I1",
  (SELECT count(*) FROM issued WHERE kind = 'plan') AS "I1 kind=plan",
  (SELECT count(*) FROM issued WHERE kind = 'dispatch') AS "I1 kind=dispatch",
  (SELECT count(*) FROM issued WHERE kind = 'decision') AS "I1 kind=decision",
  (SELECT count(*) FROM issued WHERE kind = 'guidance') AS "I1 kind=guidance",
  (SELECT count(*) FROM issued WHERE kind = 'notice') AS "I1 kind=notice",
  count(*) FILTER (WHERE kind = 'directive') + (SELECT count(*) FROM issued WHERE kind = 'other') AS "I1 kind=other",

  count(*) FILTER (WHERE kind = 'training') AS "I2",
  count(*) FILTER (WHERE kind = 'training' AND mode = 'in_person') AS "I2 mode=in_person",
  count(*) FILTER (WHERE kind = 'training' AND mode = 'online') AS "I2 mode=online",
  count(*) FILTER (WHERE kind = 'training' AND mode = 'hybrid') AS "I2 mode=hybrid",

  coalesce(sum(total) FILTER (WHERE kind = 'training'), 0) AS "I3",
  coalesce(sum(worker) FILTER (WHERE kind = 'training'), 0) AS "I3 audience=worker",
  coalesce(sum(employer) FILTER (WHERE kind = 'training'), 0) AS "I3 audience=employer",
  coalesce(sum(official) FILTER (WHERE kind = 'training'), 0) AS "I3 audience=official",
  coalesce(sum(reporter) FILTER (WHERE kind = 'training'), 0) AS "I3 audience=reporter",
  coalesce(sum(mediator) FILTER (WHERE kind = 'training'), 0) AS "I3 audience=mediator",
  coalesce(sum(total - worker - employer - official - reporter - mediator) FILTER (WHERE kind = 'training'), 0) AS "I3 audience=other",
  coalesce(sum(women) FILTER (WHERE kind = 'training'), 0) AS "I3 group=women",
  coalesce(sum(ethnic_minority) FILTER (WHERE kind = 'training'), 0) AS "I3 group=ethnic_minority",

  count(*) FILTER (WHERE direct) AS "I4",
  count(*) FILTER (WHERE direct AND NOT woven) AS "I4 setting=standalone",
  count(*) FILTER (WHERE direct AND woven) AS "I4 setting=woven",
  count(*) FILTER (WHERE direct AND host = 'enterprise') AS "I4 host=enterprise",
  count(*) FILTER (WHERE direct AND host = 'commune') AS "I4 host=commune",
  count(*) FILTER (WHERE direct AND host NOT IN ('enterprise', 'commune')) AS "I4 host=other",

  coalesce(sum(total) FILTER (WHERE direct), 0) AS "I5",
  coalesce(sum(worker) FILTER (WHERE direct), 0) AS "I5 audience=worker",
  coalesce(sum(employer) FILTER (WHERE direct), 0) AS "I5 audience=employer",
  coalesce(sum(official) FILTER (WHERE direct), 0) AS "I5 audience=official",
  coalesce(sum(reporter) FILTER (WHERE direct), 0) AS "I5 audience=reporter",
  coalesce(sum(mediator) FILTER (WHERE direct), 0) AS "I5 audience=mediator",
  coalesce(sum(total - worker - employer - official - reporter - mediator) FILTER (WHERE direct), 0) AS "I5 audience=other",
  coalesce(sum(women) FILTER (WHERE direct), 0) AS "I5 group=women",
  coalesce(sum(ethnic_minority) FILTER (WHERE direct), 0) AS "I5 group=ethnic_minority",
  coalesce(sum(disabled) FILTER (WHERE direct), 0) AS "I5 group=disabled",

  count(*) FILTER (WHERE kind IN ('dialogue', 'roundtable', 'workshop', 'forum')) AS "I7",
  count(*) FILTER (WHERE kind = 'dialogue') AS "I7 kind=dialogue",
  count(*) FILTER (WHERE kind = 'roundtable') AS "I7 kind=roundtable",
  count(*) FILTER (WHERE kind = 'workshop') AS "I7 kind=workshop",
  count(*) FILTER (WHERE kind = 'forum') AS "I7 kind=forum",
  coalesce(sum(total) FILTER (WHERE kind IN ('dialogue', 'roundtable', 'workshop', 'forum')), 0) AS "I7 measure=people",

  count(*) FILTER (WHERE kind = 'contest') AS "I8",
  coalesce(sum(total) FILTER (WHERE kind = 'contest'), 0) AS "I8 measure=entries",
  coalesce(sum(prizes) FILTER (WHERE kind = 'contest'), 0) AS "I8 measure=prizes"
FROM counted

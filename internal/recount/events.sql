-- Which activities are one event, by the province's last word on each pair: one row with a JSON
-- object that gives for each of them the one that is counted, ids in hex. The other queries
-- have it as :events. Words of offices do not count, nor those on activities that are not
-- both held. Bit 1 of flags: deleted.
WITH RECURSIVE
word AS (
  SELECT s.activity_id AS one, s.twin_id AS other, s.status,
         row_number() OVER (PARTITION BY min(s.activity_id, s.twin_id), max(s.activity_id, s.twin_id)
                            ORDER BY coalesce(s.day, '') DESC, s.id DESC) AS place
  FROM same_event s
  JOIN log ON log.seq = CAST(s.state AS INTEGER)
  LEFT JOIN member ON member.device = log.device
  WHERE coalesce(s.flags, 0) & 1 = 0 AND coalesce(member.role, '') <> 'office'
),
same AS MATERIALIZED (
  SELECT one, other FROM word
  WHERE place = 1 AND status = 'same'
    AND (SELECT count(*) FROM activity a
         WHERE a.id IN (one, other) AND coalesce(a.flags, 0) & 1 = 0 AND a.status IN ('held', 'closed') AND coalesce(a.when_date, '') <> '') = 2
),
link AS MATERIALIZED (SELECT one AS a, other AS b FROM same UNION SELECT other, one FROM same),
joined(id, at) AS (
  SELECT a, a FROM link
  UNION
  SELECT joined.id, link.b FROM joined JOIN link ON link.a = joined.at
),

-- Of an event the one is counted that counts instead of others and no other instead of it,
-- else the one with the lowest id.
event AS (
  SELECT id, at AS counted FROM (
    SELECT id, at, row_number() OVER (PARTITION BY id ORDER BY at IN (SELECT other FROM same), at) AS place FROM joined
  ) WHERE place = 1
)
SELECT json_group_object(hex(id), hex(counted)) FROM event

-- Indicator I6: enterprises, cooperatives and household businesses, each once however
-- often it took part. One row, one column a figure.
business AS MATERIALIZED (
  SELECT u.kind, u.focus, u.workers, r.unit IS NOT NULL AS reached
  FROM unit_now u LEFT JOIN (SELECT DISTINCT unit FROM part) r ON r.unit = u.id
  WHERE u.kind IN ('enterprise', 'cooperative', 'household')
    AND (r.unit IS NOT NULL OR u.stood)
)

SELECT
  count(*) FILTER (WHERE reached) AS "I6",
  count(*) FILTER (WHERE reached AND kind = 'enterprise') AS "I6 unit=enterprise",
  count(*) FILTER (WHERE reached AND kind = 'cooperative') AS "I6 unit=cooperative",
  count(*) FILTER (WHERE reached AND kind = 'household') AS "I6 unit=household",
  count(*) FILTER (WHERE reached AND 'zone' IN (SELECT value FROM json_each(focus))) AS "I6 focus=zone",
  count(*) FILTER (WHERE reached AND 'labour_intensive' IN (SELECT value FROM json_each(focus))) AS "I6 focus=labour_intensive",
  count(*) FILTER (WHERE reached AND 'fdi' IN (SELECT value FROM json_each(focus))) AS "I6 focus=fdi",
  count(*) FILTER (WHERE reached AND 'ethnic_minority' IN (SELECT value FROM json_each(focus))) AS "I6 focus=ethnic_minority",
  count(*) FILTER (WHERE reached AND 'disabled' IN (SELECT value FROM json_each(focus))) AS "I6 focus=disabled",
  count(*) AS "I6 measure=registered",
  coalesce(sum(workers) FILTER (WHERE reached), 0) AS "I6 measure=workers",
  coalesce(sum(workers), 0) AS "I6 measure=workers_registered"
FROM business

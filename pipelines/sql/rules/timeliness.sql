-- Sources whose next figures were due by $built_on: one step of their calendar, its lag and the days of grace after the
-- newest period they hold.
WITH newest AS (
    SELECT source_id, max(period_end) AS newest_end FROM figure WHERE value IS NOT NULL GROUP BY ALL
), due AS (
    SELECT source_id, newest_end, (newest_end + to_months(every_months) + to_days(lag_days))::DATE AS due_on
    FROM newest
    JOIN source USING (source_id)
    WHERE every_months IS NOT NULL AND (len($sources) = 0 OR list_contains($sources, source_id))
)
SELECT source_id AS subject, 'newest figures end ' || newest_end::TEXT || ', the next were due ' || due_on::TEXT AS detail
FROM due
WHERE due_on + to_days($grace_days::INTEGER) < $built_on
ORDER BY due_on, source_id

-- Plans that set targets.
SELECT * FROM plan ORDER BY plan_id

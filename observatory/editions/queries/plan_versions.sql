-- Versions of plans, by plan and in order.
SELECT * FROM plan_version ORDER BY plan_id, position

-- Approved changes of a plan, the newest first.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_adjustment
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY date DESC, node_id

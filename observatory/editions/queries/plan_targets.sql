-- Yearly targets of a version.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_target
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY node_id, year

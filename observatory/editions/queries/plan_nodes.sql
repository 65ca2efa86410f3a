-- The tree of a version, in the order of the plan.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_node
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY position

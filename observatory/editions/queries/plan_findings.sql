-- What the rules found in a version, in their order.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_finding
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY rowid

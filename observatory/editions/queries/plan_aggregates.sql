-- Groups of indicators at every cut.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_aggregate
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY cut, rowid

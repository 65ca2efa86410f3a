-- Results and products at every cut.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_standing
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY cut, rowid

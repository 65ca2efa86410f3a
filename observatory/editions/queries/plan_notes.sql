-- Texts that go with reports.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_note
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY node_id, year, quarter, kind

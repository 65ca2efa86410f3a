-- A public board's percentages beside ours.
SELECT * EXCLUDE (plan_id, plan_version) FROM plan_board_cell
WHERE plan_id = $plan_id AND plan_version = $plan_version
ORDER BY rowid

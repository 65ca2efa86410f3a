-- The newest totals of an indicator at a level.
SELECT * FROM latest
WHERE indicator_id = $indicator_id AND level = $level
ORDER BY territory_code

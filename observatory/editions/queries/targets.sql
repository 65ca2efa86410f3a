-- Milestones of targets and references; of one indicator when it is given.
SELECT * FROM target
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY target_id, period NULLS FIRST

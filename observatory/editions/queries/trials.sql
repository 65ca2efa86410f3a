-- Changes of a series that would change its status; of one indicator when it is given.
SELECT * FROM trial
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, target_id, period DESC, trial

-- Models with their backtests; of one indicator when it is given.
SELECT * FROM projection_model
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, target_id, model DESC

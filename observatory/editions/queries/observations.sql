-- Every observation; of one indicator when it is given.
SELECT * FROM observation
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, disaggregation, period_end, period_start

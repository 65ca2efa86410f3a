-- Progress rows, the leading one first in each territory; of one indicator when it is given.
SELECT * FROM progress
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, leads DESC, method, target_id

-- Trend markers; of one indicator when it is given.
SELECT * FROM trend_marker
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code

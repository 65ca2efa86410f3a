-- Series breaks; of one indicator when it is given.
SELECT * FROM series_break
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, period

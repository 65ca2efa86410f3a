-- Values per indicator, locality and year, and why there are none; of one indicator when it is given.
SELECT * FROM silence
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, year

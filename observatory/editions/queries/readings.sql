-- Series by every method; of one indicator when it is given.
SELECT * FROM reading
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, target_id NULLS LAST

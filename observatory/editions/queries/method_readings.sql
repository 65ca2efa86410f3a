-- What each method says, in the order the methods are told; of one indicator when it is given.
SELECT * FROM method_reading
WHERE $indicator_id IS NULL OR indicator_id = $indicator_id
ORDER BY indicator_id, territory_code, target_id NULLS LAST,
    list_position(['path', 'linear', 'geometric', 'projected', 'no_target'], method)

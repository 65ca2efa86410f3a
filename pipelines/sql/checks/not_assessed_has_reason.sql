-- Progress without a verdict says why.
SELECT indicator_id AS subject, territory_code || ' ' || coalesce(target_id, method) || ' has no reason' AS detail
FROM progress
WHERE status = 'not_assessed' AND reason IS NULL

-- Results of the checks.
SELECT * FROM check_result ORDER BY check_id, subject

-- Rows whose rate cannot be computed. (warning)
SELECT source_id || '.csv' AS subject, rows::TEXT || ' rows have no denominator of their year and place' AS detail
FROM account
WHERE stage = 'figures' AND rule = 'no_denominator'

-- An indicator has at least one value.
SELECT indicator_id AS subject, 'no value at any place or period' AS detail
FROM indicator
WHERE indicator_id NOT IN (SELECT indicator_id FROM observation WHERE value IS NOT NULL)

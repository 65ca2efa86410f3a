-- Shares are fractions.
SELECT indicator_id AS subject, territory_code || ' ' || period || ': ' || value::TEXT AS detail
FROM observation
JOIN indicator USING (indicator_id)
WHERE measure = 'share' AND (value < 0 OR value > 1)

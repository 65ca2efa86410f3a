-- Shares are fractions, unless the valid range says that they may pass the whole.
SELECT indicator_id AS subject, territory_code || ' ' || period || ': ' || value::TEXT AS detail
FROM observation
JOIN indicator USING (indicator_id)
WHERE measure = 'share' AND (value < least(0, valid_low) OR value > greatest(1, valid_high))

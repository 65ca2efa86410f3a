-- Rows whose own value lies outside the valid range of an indicator that shows it as it is: no other indicator may use them
-- either, neither as a numerator nor to divide by.
CREATE TEMP TABLE beyond AS
SELECT DISTINCT source_id, row_number
FROM candidate
JOIN rule USING (indicator_id)
WHERE part = 'value' AND is_shown AND (value < valid_low OR value > valid_high)

-- A period that has one locality has all twenty: a value, or an absence with its reason.
SELECT indicator_id AS subject, period || ': ' || count(*)::TEXT || ' of 20 localities' AS detail
FROM observation
JOIN territory USING (territory_code)
WHERE level = 'locality' AND disaggregation = 'total'
GROUP BY indicator_id, period
HAVING count(*) <> 20

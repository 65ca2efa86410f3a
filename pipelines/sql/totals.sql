-- Totals in order of time, for assessing.
SELECT * FROM observation
WHERE disaggregation = 'total'
ORDER BY indicator_id, territory_code, period_end, period_start

-- Series of every indicator in a territory, totals only.
SELECT * FROM observation
WHERE territory_code = $territory_code AND disaggregation = $disaggregation
ORDER BY indicator_id, period_end, period_start

-- Series of an indicator in some territories.
SELECT * FROM observation
WHERE indicator_id = $indicator_id AND disaggregation = $disaggregation AND list_contains($codes, territory_code)
ORDER BY territory_code, period_end, period_start

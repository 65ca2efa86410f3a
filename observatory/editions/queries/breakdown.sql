-- Every category of one dimension of an indicator in a territory.
SELECT * FROM observation
WHERE indicator_id = $indicator_id AND territory_code = $territory_code
  AND starts_with(disaggregation, $dimension_id || ':')
ORDER BY disaggregation, period_end, period_start

-- An indicator at one period in every territory of a level.
SELECT * FROM observation
WHERE indicator_id = $indicator_id AND period = $period AND disaggregation = $disaggregation
  AND territory_code BETWEEN $first AND $last
ORDER BY territory_code

-- An indicator at one period in every territory of a level.
SELECT observation.* FROM observation
JOIN territory USING (territory_code)
WHERE indicator_id = $indicator_id AND period = $period AND disaggregation = $disaggregation AND level = $level
ORDER BY territory_code

-- Series of an indicator in every territory of a level.
SELECT observation.* FROM observation
JOIN territory USING (territory_code)
WHERE indicator_id = $indicator_id AND disaggregation = $disaggregation AND level = $level
ORDER BY territory_code, period_end, period_start

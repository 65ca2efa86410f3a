-- Series of an indicator in every territory of a level.
SELECT * FROM observation
WHERE indicator_id = $indicator_id AND disaggregation = $disaggregation AND territory_code BETWEEN $first AND $last
ORDER BY territory_code, period_end, period_start

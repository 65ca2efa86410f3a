-- One observation.
SELECT * FROM observation
WHERE indicator_id = $indicator_id AND territory_code = $territory_code AND period = $period AND disaggregation = $disaggregation

-- Periods of an indicator's totals at a level, with how many territories have a value.
SELECT period, period_start, period_end, season, count(value) AS with_value, count(*) - count(value) AS without_value
FROM observation
WHERE indicator_id = $indicator_id AND disaggregation = 'total' AND territory_code BETWEEN $first AND $last
GROUP BY ALL
ORDER BY period_end, period_start

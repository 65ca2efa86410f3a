-- Of what was observed: totals at the newest period each level of an indicator has a value for, beside the city's for the same period, with the
-- counts that give a place in either direction.
WITH total AS (
    SELECT observed.*, territory.level
    FROM observed
    JOIN territory USING (territory_code)
    WHERE disaggregation = 'total'
), newest AS (
    SELECT indicator_id, level, period
    FROM total
    WHERE value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY indicator_id, level ORDER BY period_end DESC, period_start DESC) = 1
), chosen AS (
    SELECT total.*,
        round(value * factor, decimals) AS shown,  -- places follow what is displayed: equal on the page is a tie
        rank() OVER (PARTITION BY indicator_id, level ORDER BY shown DESC NULLS LAST) - 1 AS above,
        rank() OVER (PARTITION BY indicator_id, level ORDER BY shown ASC NULLS LAST) - 1 AS below,
        count(*) OVER (PARTITION BY indicator_id, level, shown) AS equal
    FROM total
    JOIN newest USING (indicator_id, level, period)
    JOIN indicator USING (indicator_id)
)
SELECT
    chosen.indicator_id, chosen.territory_code, chosen.level,
    chosen.period, chosen.period_start, chosen.period_end, chosen.season,
    chosen.value, chosen.numerator, chosen.denominator, chosen.lower, chosen.upper, chosen.sample,
    chosen.flag, chosen.absence, chosen.source_id,
    city.value, city.lower, city.upper,
    CASE WHEN chosen.value IS NOT NULL THEN above END,
    CASE WHEN chosen.value IS NOT NULL THEN below END,
    CASE WHEN chosen.value IS NOT NULL THEN equal END
FROM chosen
JOIN indicator USING (indicator_id)
LEFT JOIN total AS city
    ON city.indicator_id = chosen.indicator_id AND city.period = chosen.period AND city.territory_code = '00'
ORDER BY chosen.indicator_id, chosen.territory_code

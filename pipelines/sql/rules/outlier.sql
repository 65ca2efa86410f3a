-- Totals more than $deviations robust deviations (1.4826 × MAD) from the median of their group: the places of one period, or
-- the periods of one place. First those that do most damage: how far the value alone moves its group's mean, weighted by
-- population between places (equally where it is not known). Groups that do not vary, or are small, are not judged.
WITH chosen AS (
    SELECT indicator_id, territory_code, period, period_end, value, population,
        CASE $across WHEN 'territories' THEN period ELSE territory_code || ' ' || season END AS compared
    FROM observation
    JOIN territory USING (territory_code)
    WHERE list_contains($indicators, indicator_id) AND level = $level AND disaggregation = 'total' AND value IS NOT NULL
), centred AS (
    SELECT *, median(value) OVER same AS middle, count(*) OVER same AS members,
        CASE WHEN $across = 'territories' AND count(population) OVER same = count(*) OVER same
             THEN population / sum(population) OVER same ELSE 1 / count(*) OVER same END AS weight
    FROM chosen
    WINDOW same AS (PARTITION BY indicator_id, compared)
), spread AS (
    SELECT *, 1.4826 * median(abs(value - middle)) OVER (PARTITION BY indicator_id, compared) AS deviation
    FROM centred
)
SELECT indicator_id AS subject,
    territory_code || ' ' || period || ': ' || value::TEXT || ' is ' || round(abs(value - middle) / deviation, 1)::TEXT
    || ' deviations from ' || round(middle, 6)::TEXT || ', damage ' || round(abs(value - middle) * weight, 6)::TEXT AS detail
FROM spread
WHERE members >= $at_least AND deviation > 0 AND abs(value - middle) / deviation > $deviations
ORDER BY abs(value - middle) * weight DESC, indicator_id, territory_code, period_end

-- Periods of the chosen indicators in which too few places of a level have a value, of periods that have any.
SELECT indicator_id AS subject, period || ': ' || with_value::TEXT || ' of ' || places::TEXT || ' places have a value' AS detail
FROM (
    SELECT indicator_id, period, count(value) AS with_value, count(*) AS places
    FROM observation
    JOIN territory USING (territory_code)
    WHERE list_contains($indicators, indicator_id) AND level = $level AND disaggregation = 'total'
    GROUP BY ALL
)
WHERE with_value > 0 AND with_value < $share * places
ORDER BY indicator_id, period

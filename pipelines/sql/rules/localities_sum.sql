-- A measure of the city against the sum of its localities, with the unlocated and the lost; where all twenty have a value.
SELECT $source || '.csv' AS subject,
    $measure || ' ' || period || ' ' || disaggregation || ': localities sum to ' || parts::TEXT || ', the city says ' || city::TEXT AS detail
FROM (
    SELECT period, disaggregation,
        sum(value) FILTER (level = 'locality' OR level IS NULL) AS parts,
        count(value) FILTER (level = 'locality') AS localities,
        max(value) FILTER (level = 'city') AS city
    FROM figure
    WHERE source_id = $source AND measure = $measure
    GROUP BY ALL
)
WHERE localities = 20 AND abs(parts - city) > $tolerance * greatest(abs(parts), abs(city), 1)
ORDER BY period, disaggregation

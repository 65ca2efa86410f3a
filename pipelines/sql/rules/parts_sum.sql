-- A measure against the sum of its parts: categories of $dimension, or the measures $parts; where every part has a value.
WITH summed AS (
    SELECT territory_code, period,
        max(value) FILTER (measure = $measure AND disaggregation = 'total') AS whole,
        sum(value) FILTER (is_part) AS parts,
        count(*) FILTER (is_part) AS given,
        count(*) FILTER (is_part AND value IS NULL) AS absent
    FROM (
        SELECT *, (measure = $measure AND dimension_id = $dimension)
            OR (list_contains($parts, measure) AND disaggregation = 'total') AS is_part
        FROM figure
        WHERE source_id = $source
    )
    GROUP BY ALL
)
SELECT $source || '.csv' AS subject,
    $measure || ' ' || territory_code || ' ' || period || ': parts sum to ' || parts::TEXT || ', the whole says ' || whole::TEXT AS detail
FROM summed
WHERE given >= greatest(len($parts), 1) AND absent = 0 AND abs(parts - whole) > $tolerance * greatest(abs(parts), abs(whole), 1)
ORDER BY territory_code, period

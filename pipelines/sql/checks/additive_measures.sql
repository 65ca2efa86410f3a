-- Of an additive measure the localities, the unlocated and the lost records make the city, wherever all are given.
SELECT source_id || '.csv' AS subject,
    measure || ' ' || period || ' ' || disaggregation || ': places sum to ' || parts::TEXT || ', the city says ' || city::TEXT
    || ', row ' || city_row::TEXT || ' → mend the row, or say `additive: false` of ' || measure || ' in indicators.yaml if it is no sum of places' AS detail
FROM (
    SELECT source_id, measure, period, disaggregation,
        sum(value) FILTER (level IS NOT DISTINCT FROM 'locality' OR level IS NULL) AS parts,
        count(value) FILTER (level = 'locality') AS localities,
        max(value) FILTER (level = 'city') AS city,
        max(row_number) FILTER (level = 'city') AS city_row
    FROM figure
    JOIN additive USING (source_id, measure)
    GROUP BY ALL
)
WHERE localities = 20 AND abs(parts - city) > 1e-6 * greatest(abs(city), 1)

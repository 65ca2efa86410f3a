-- A measure of the city against the sum of its localities, with the unlocated and the lost; where all twenty have a value.
-- The rows that take part are told, each with its place.
SELECT $source || '.csv' AS subject,
    $measure || ' 00 ' || period || ' ' || disaggregation || ': localities sum to ' || parts::TEXT || ', the city says ' || city::TEXT
    || '; row ' || city_row::TEXT || ' against ' || part_rows || ' of ' || file AS detail
FROM (
    SELECT source_id, period, disaggregation,
        sum(value) FILTER (level = 'locality' OR level IS NULL) AS parts,
        count(value) FILTER (level = 'locality') AS localities,
        max(value) FILTER (level = 'city') AS city,
        max(row_number) FILTER (level = 'city') AS city_row,
        string_agg(row_number || ' (' || coalesce(nullif(territory_code, ''), 'lost') || ')', ', ' ORDER BY territory_code, row_number)
            FILTER (value IS NOT NULL AND (level = 'locality' OR level IS NULL)) AS part_rows
    FROM figure
    WHERE source_id = $source AND measure = $measure
    GROUP BY ALL
)
JOIN figure_file USING (source_id)
WHERE localities = 20 AND abs(parts - city) > $tolerance * greatest(abs(parts), abs(city), 1)
ORDER BY period, disaggregation

-- A measure against the sum of its parts: categories of $dimension, or the measures $parts; where every part has a value.
-- The rows that take part are told, each with its category or measure.
WITH summed AS (
    SELECT source_id, territory_code, period,
        max(value) FILTER (measure = $measure AND disaggregation = 'total') AS whole,
        max(row_number) FILTER (measure = $measure AND disaggregation = 'total') AS whole_row,
        sum(value) FILTER (is_part) AS parts,
        count(*) FILTER (is_part) AS given,
        count(*) FILTER (is_part AND value IS NULL) AS absent,
        string_agg(row_number || ' (' || CASE WHEN disaggregation = 'total' THEN measure ELSE disaggregation END || ')', ', ' ORDER BY row_number)
            FILTER (is_part) AS part_rows
    FROM (
        SELECT *, (measure = $measure AND dimension_id = $dimension)
            OR (list_contains($parts, measure) AND disaggregation = 'total') AS is_part
        FROM figure
        WHERE source_id = $source
    )
    GROUP BY ALL
)
SELECT $source || '.csv' AS subject,
    $measure || ' ' || territory_code || ' ' || period || ' total: parts sum to ' || parts::TEXT || ', the whole says ' || whole::TEXT
    || '; row ' || whole_row::TEXT || ' against ' || part_rows || ' of ' || file AS detail
FROM summed
JOIN figure_file USING (source_id)
WHERE given >= greatest(len($parts), 1) AND absent = 0 AND abs(parts - whole) > $tolerance * greatest(abs(parts), abs(whole), 1)
ORDER BY territory_code, period

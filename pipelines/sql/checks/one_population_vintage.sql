-- A series never mixes two denominators.
SELECT indicator_id AS subject, 'denominators: ' || string_agg(DISTINCT denominator_source_id, ', ') AS detail
FROM observation
GROUP BY indicator_id
HAVING count(DISTINCT denominator_source_id) > 1

-- An indicator has values at every level it declares.
SELECT declared.indicator_id AS subject, 'no value at level ' || declared.name AS detail
FROM (SELECT indicator_id, unnest(levels) AS name FROM indicator) AS declared
WHERE NOT EXISTS (
    FROM observation
    JOIN territory USING (territory_code)
    WHERE observation.indicator_id = declared.indicator_id AND observation.value IS NOT NULL AND territory.level = declared.name
)

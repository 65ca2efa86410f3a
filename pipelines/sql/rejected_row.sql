-- Rows held back: the publisher lost the place, or an indicator holds them back.
INSERT INTO rejected_row
SELECT source_id, source_id || '.csv', row_number, 'territory_code', territory_code, 'territory_missing',
       'the publisher lost the place; counted in the city where the city figure comes from the records'
FROM figure
WHERE territory_code = ''
UNION
SELECT * FROM held_back
ORDER BY 1, 3, 7

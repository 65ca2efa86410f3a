-- Rows held back: the publisher lost the place, or the value lies outside what the indicator can be.
INSERT INTO rejected_row
SELECT source_id, source_id || '.csv', row_number, 'territory_code', territory_code, 'territory_missing',
       'the publisher lost the place; counted in the city where the city figure comes from the records'
FROM figure
WHERE territory_code = ''
UNION ALL
SELECT source_id, source_id || '.csv', row_number, 'value', value::TEXT, 'out_of_valid_range',
       'as ' || indicator_id || ' it gives ' || round(result, 6)::TEXT || ', outside ' || valid_low::TEXT || '–' || valid_high::TEXT
       || '; check unit and scale, shares are fractions'
FROM draft
WHERE is_out_of_range
ORDER BY 1, 3, 7

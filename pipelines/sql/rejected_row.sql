-- Rows held back: the publisher lost the place, the value lies outside what the indicator can be, or that of its denominator.
INSERT INTO rejected_row
SELECT source_id, source_id || '.csv', row_number, 'territory_code', territory_code, 'territory_missing',
       'the publisher lost the place; counted in the city where the city figure comes from the records'
FROM figure
WHERE territory_code = ''
UNION ALL
SELECT source_id, source_id || '.csv', row_number, 'value', value::TEXT, 'out_of_valid_range',
       'as ' || indicator_id || ' of ' || territory_code || ' in ' || period || ' it gives ' || round(result, 6)::TEXT
       || ', outside ' || valid_low::TEXT || '–' || valid_high::TEXT
       || '; the nearest valid is ' || CASE WHEN result < valid_low THEN valid_low ELSE valid_high END::TEXT
       || ', check unit and scale, shares are fractions'
FROM draft
WHERE is_out_of_range
UNION
SELECT source_id, source_id || '.csv', row_number, 'value', value::TEXT, 'denominator_held_back',
       'see ' || bottom_source_id || '.csv, row ' || bottom_row::TEXT
FROM draft
WHERE is_held_back AND bottom_is_beyond AND NOT is_beyond
ORDER BY 1, 3, 7

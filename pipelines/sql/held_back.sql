-- Rows whose value lies outside what an indicator can be, or that of its denominator, by indicator.
SELECT indicator_id, source_id, source_id || '.csv', row_number, 'value', value::TEXT, 'out_of_valid_range',
       'as ' || indicator_id || ' of ' || territory_code || ' in ' || period || ' it gives ' || round(result, 6)::TEXT
       || ', outside ' || valid_low::TEXT || '–' || valid_high::TEXT
       || '; the nearest valid is ' || CASE WHEN result < valid_low THEN valid_low ELSE valid_high END::TEXT
       || ', check unit and scale, shares are fractions'
FROM draft
WHERE is_out_of_range
UNION ALL
SELECT indicator_id, source_id, source_id || '.csv', row_number, 'value', value::TEXT, 'denominator_held_back',
       'see ' || bottom_source_id || '.csv, row ' || bottom_row::TEXT
FROM draft
WHERE is_held_back AND bottom_is_beyond AND NOT is_beyond
ORDER BY ALL

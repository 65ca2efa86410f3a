-- What became of every figure row, once: observed when any indicator shows or divides by it, else quarantined, else excluded
-- by the nearest rule.
INSERT INTO account
WITH used AS (
    SELECT source_id, row_number FROM draft WHERE NOT is_out_of_range
    UNION
    SELECT bottom_source_id, bottom_row FROM draft WHERE NOT is_out_of_range AND bottom_row IS NOT NULL
), out_of_range AS (
    SELECT DISTINCT source_id, row_number FROM draft WHERE is_out_of_range
), asked AS (
    SELECT source_id, row_number, bool_or(is_shown AND part <> 'denominator') AS is_shown
    FROM candidate GROUP BY ALL
), outcome AS (
    SELECT
        figure.source_id,
        CASE WHEN used.row_number IS NOT NULL THEN ['observed', 'used']
             WHEN figure.territory_code = '' THEN ['quarantined', 'territory_missing']
             WHEN out_of_range.row_number IS NOT NULL THEN ['quarantined', 'out_of_valid_range']
             WHEN figure.territory_code = '99' THEN ['excluded', 'unlocated']
             WHEN asked.row_number IS NULL THEN ['excluded', 'not_used_by_an_indicator']
             WHEN asked.is_shown THEN ['excluded', 'no_denominator']
             ELSE ['excluded', 'level_or_period_not_shown'] END AS outcome
    FROM figure
    LEFT JOIN used USING (source_id, row_number)
    LEFT JOIN out_of_range USING (source_id, row_number)
    LEFT JOIN asked USING (source_id, row_number)
)
SELECT source_id, 'figures', source_id || '.csv', outcome[1], outcome[2], count(*)
FROM outcome
GROUP BY ALL
ORDER BY ALL

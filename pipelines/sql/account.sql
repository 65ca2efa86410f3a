-- What became of every figure row, once: observed when any indicator shows or divides by it, else quarantined, else excluded
-- by the nearest rule.
INSERT INTO account
WITH used AS (
    SELECT source_id, row_number FROM draft WHERE NOT is_held_back
    UNION
    SELECT bottom_source_id, bottom_row FROM draft WHERE bottom_row IS NOT NULL AND NOT bottom_is_beyond
), held_back AS (
    SELECT source_id, row_number, bool_or(is_out_of_range) AS is_out_of_range
    FROM draft
    WHERE is_held_back
    GROUP BY ALL
), asked AS (
    SELECT source_id, row_number, bool_or(is_shown AND part <> 'denominator') AS is_shown
    FROM candidate GROUP BY ALL
), outcome AS (
    SELECT
        figure.source_id,
        CASE WHEN used.row_number IS NOT NULL THEN ['observed', 'used']
             WHEN figure.territory_code = '' THEN ['quarantined', 'territory_missing']
             WHEN is_out_of_range THEN ['quarantined', 'out_of_valid_range']
             WHEN held_back.row_number IS NOT NULL THEN ['quarantined', 'denominator_held_back']
             WHEN figure.territory_code = '99' THEN ['excluded', 'unlocated']
             WHEN asked.row_number IS NULL THEN ['excluded', 'not_used_by_an_indicator']
             WHEN asked.is_shown THEN ['excluded', 'no_denominator']
             ELSE ['excluded', 'level_or_period_not_shown'] END AS outcome
    FROM figure
    LEFT JOIN used USING (source_id, row_number)
    LEFT JOIN held_back USING (source_id, row_number)
    LEFT JOIN asked USING (source_id, row_number)
)
SELECT source_id, 'figures', source_id || '.csv', outcome[1], outcome[2], count(*)
FROM outcome
GROUP BY ALL
ORDER BY ALL

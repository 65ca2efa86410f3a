-- What became of every figure row, once: observed when any indicator shows or divides by it, else quarantined, else excluded
-- by the nearest rule. See row_use.sql for the ranks.
INSERT INTO account
WITH best AS (
    SELECT source_id, row_number, max(rank) AS rank FROM row_use GROUP BY ALL
), outcome AS (
    SELECT
        figure.source_id,
        CASE WHEN rank = 5 THEN ['observed', 'used']
             WHEN figure.territory_code = '' THEN ['quarantined', 'territory_missing']
             WHEN rank = 4 THEN ['quarantined', 'out_of_valid_range']
             WHEN rank = 3 THEN ['quarantined', 'denominator_held_back']
             WHEN figure.territory_code = '99' THEN ['excluded', 'unlocated']
             WHEN rank IS NULL THEN ['excluded', 'not_used_by_an_indicator']
             WHEN rank = 2 THEN ['excluded', 'no_denominator']
             ELSE ['excluded', 'level_or_period_not_shown'] END AS outcome
    FROM figure
    LEFT JOIN best USING (source_id, row_number)
)
SELECT source_id, 'figures', source_id || '.csv', outcome[1], outcome[2], count(*)
FROM outcome
GROUP BY ALL
ORDER BY ALL

-- A number again, from the lines of the figure tables: the value itself, or numerator ÷ denominator × per. The denominator is that
-- of the same period, else of the year in which the period ends.
WITH line AS (
    SELECT quantity.part, figure_row.*
    FROM quantity
    JOIN figure_row USING (source_id, measure)
    WHERE quantity.indicator_id = $indicator_id
      AND figure_row.territory_code = $territory_code
      AND figure_row.disaggregation = coalesce(quantity.category, $disaggregation)
), top AS (
    SELECT * FROM line WHERE part <> 'denominator' AND period = $period
), bottom AS (
    SELECT line.*
    FROM line, top
    WHERE line.part = 'denominator' AND line.period IN (top.period, top.year)
    ORDER BY line.period = top.period DESC
    LIMIT 1
)
SELECT
    CASE WHEN top.part = 'value' THEN top.value ELSE top.value / nullif(bottom.value, 0) * indicator.per END AS value,
    CASE WHEN top.part = 'numerator' THEN top.value END AS numerator,
    bottom.value AS denominator,
    top.source_id, top.line, bottom.source_id AS denominator_source_id, bottom.line AS denominator_line
FROM top
LEFT JOIN bottom ON true
JOIN indicator ON indicator.indicator_id = $indicator_id

-- Figure rows that indicators ask for, of the sources behind those that are `missing`, and the disaggregation they are shown under: a quantity that keeps one category shows
-- it as the total. Rows without a place ('99' or lost) have no level and are never asked for.
CREATE TEMP TABLE candidate AS
SELECT
    quantity.indicator_id, quantity.part,
    CASE WHEN quantity.category IS NULL THEN figure.disaggregation ELSE 'total' END AS shown_as,
    list_contains(quantity.levels, figure.level) AS is_shown,
    figure.*
FROM quantity
JOIN figure USING (source_id, measure)
WHERE figure.level IS NOT NULL
  AND source_id IN (SELECT source_id FROM quantity SEMI JOIN missing USING (indicator_id))
  AND CASE WHEN quantity.category IS NOT NULL THEN figure.disaggregation = quantity.category
           ELSE figure.disaggregation = 'total' OR list_contains(quantity.dimensions, figure.dimension_id) END

-- Totals of the indicators that are `missing`, in order of time, for assessing.
SELECT observation.* FROM observation
SEMI JOIN missing USING (indicator_id)
WHERE disaggregation = 'total'
ORDER BY indicator_id, territory_code, period_end, period_start

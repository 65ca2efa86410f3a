-- The figure rows as they were read, kept for receipts.
INSERT INTO figure_row
SELECT source_id, row_number, measure, territory_code, period, year, disaggregation, value, lower, upper, sample, flag, absence
FROM figure
ORDER BY source_id, row_number

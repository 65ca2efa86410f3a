-- Rows refused; of one source when it is given.
SELECT * FROM rejected_row
WHERE $source_id IS NULL OR source_id = $source_id
ORDER BY source_id, file, row_number, column_name

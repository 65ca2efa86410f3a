-- Rows that were corrected, with what was published and why.
SELECT * FROM correction ORDER BY source_id, correction_id

-- A figure outside the valid range of its indicator stops the build where its source says `refuse`, as embedded ones do.
SELECT
    rejected_row.file || ', row ' || row_number::TEXT || ', column ' || column_name AS subject,
    chr(39) || rejected_row.value || chr(39) || ', ' || hint AS detail
FROM rejected_row
JOIN figure USING (source_id, row_number)
WHERE rule = 'out_of_valid_range' AND policy = 'refuse'
ORDER BY source_id, row_number, detail

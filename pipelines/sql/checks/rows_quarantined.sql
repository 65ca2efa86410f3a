-- Rows held back, so that somebody looks. (warning)
SELECT source_id || '.csv' AS subject, rule || ': ' || count(*)::TEXT || ' rows, first at row ' || min(row_number)::TEXT AS detail
FROM rejected_row
GROUP BY source_id, rule

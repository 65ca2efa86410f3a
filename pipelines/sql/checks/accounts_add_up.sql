-- Every row of a figure table has one outcome.
SELECT source_id AS subject, 'rows in ' || rows_in::TEXT || ', accounted for ' || coalesce(rows_told, 0)::TEXT AS detail
FROM (SELECT source_id, sum(rows) AS rows_in FROM capture GROUP BY source_id)
LEFT JOIN (SELECT source_id, sum(rows) AS rows_told FROM account WHERE stage = 'figures' GROUP BY source_id) USING (source_id)
WHERE rows_in <> coalesce(rows_told, 0)

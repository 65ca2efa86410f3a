-- Every row of a figure table has one outcome.
SELECT capture.source_id AS subject, 'rows in ' || capture.rows::TEXT || ', accounted for ' || coalesce(sum(account.rows), 0)::TEXT AS detail
FROM capture
LEFT JOIN account ON account.source_id = capture.source_id AND account.stage = 'figures'
GROUP BY capture.source_id, capture.rows
HAVING capture.rows <> coalesce(sum(account.rows), 0)

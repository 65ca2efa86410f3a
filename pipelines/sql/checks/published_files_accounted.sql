-- The records a source says were used are found in the accounts of its published files. A capture brings its own number.
SELECT source.source_id AS subject,
    'says ' || records::TEXT || ' records, its files account for ' || sum(account.rows)::TEXT AS detail
FROM source
JOIN capture ON capture.source_id = source.source_id AND capture.kind = 'figures'
JOIN account ON account.source_id = source.source_id AND account.stage = 'file'
GROUP BY source.source_id, records
HAVING records > sum(account.rows)

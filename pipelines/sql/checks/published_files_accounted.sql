-- The records a source says were used are found in the accounts of its published files. A capture brings its own number.
SELECT source.source_id AS subject,
    'says ' || records::TEXT || ' records, its files account for ' || sum(account.rows)::TEXT AS detail
FROM source
JOIN account ON account.source_id = source.source_id AND account.stage = 'file'
WHERE source.source_id NOT IN (SELECT source_id FROM capture WHERE kind IN ('capture', 'declared'))
GROUP BY source.source_id, records
HAVING records > sum(account.rows)

-- Files that entered the edition.
SELECT * FROM capture ORDER BY source_id

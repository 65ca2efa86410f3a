-- What came in for each source, what is used first.
SELECT * FROM capture ORDER BY source_id, kind, path DESC

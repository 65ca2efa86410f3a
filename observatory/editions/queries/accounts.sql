-- What became of the rows that came in.
SELECT * FROM account ORDER BY source_id, stage, file, outcome DESC, rule

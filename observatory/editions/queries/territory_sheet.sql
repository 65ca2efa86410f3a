-- The newest total of every indicator in one territory, in the catalogue's order; for '00' the city's headline values.
SELECT * FROM latest
WHERE territory_code = $territory_code
ORDER BY rowid

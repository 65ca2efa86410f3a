-- City, localities and planning units, in order of code.
SELECT * FROM territory ORDER BY territory_code

-- Every locality has a neighbour, and neighbours say so of each other.
SELECT territory_code AS subject, 'has no neighbour in data/territory/neighbours.csv; restore the file' AS detail
FROM territory
WHERE level = 'locality' AND territory_code NOT IN (SELECT territory_code FROM neighbour)
UNION ALL
SELECT territory_code, 'calls ' || neighbour_code || ' a neighbour, which does not answer'
FROM neighbour
WHERE (neighbour_code, territory_code) NOT IN (SELECT (territory_code, neighbour_code) FROM neighbour)

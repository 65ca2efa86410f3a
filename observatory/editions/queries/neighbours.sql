-- Pairs of areas that share a border.
SELECT * FROM neighbour ORDER BY territory_code, neighbour_code

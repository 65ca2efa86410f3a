-- Generalised outlines of one level.
SELECT * FROM geometry WHERE level = $level ORDER BY territory_code

-- The indicators in the catalogue's order.
SELECT * FROM indicator ORDER BY position

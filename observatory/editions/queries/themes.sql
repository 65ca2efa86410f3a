-- The themes in their order.
SELECT * FROM theme ORDER BY position

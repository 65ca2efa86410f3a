-- Words of the disaggregations.
SELECT * FROM category ORDER BY dimension_id, position

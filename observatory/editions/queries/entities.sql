-- Offices that answer for indicators, and publishers.
SELECT * FROM entity ORDER BY entity_id

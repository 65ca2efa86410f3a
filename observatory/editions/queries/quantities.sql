-- What an indicator is made of.
SELECT * FROM quantity WHERE indicator_id = $indicator_id ORDER BY part DESC

-- Which edition this is.
SELECT * FROM edition

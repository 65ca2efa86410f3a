-- An interval contains its value.
SELECT indicator_id AS subject, territory_code || ' ' || period || ': ' || value::TEXT || ' outside ' || lower::TEXT || '–' || upper::TEXT AS detail
FROM observation
WHERE value NOT BETWEEN lower - 1e-9 * greatest(abs(lower), 1) AND upper + 1e-9 * greatest(abs(upper), 1)

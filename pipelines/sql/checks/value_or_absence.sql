-- An observation has a value, or the reason why it has none.
SELECT indicator_id AS subject, territory_code || ' ' || period || ' ' || disaggregation || ': value ' || coalesce(value::TEXT, 'none')
    || ', absence ' || coalesce(absence, 'none') AS detail
FROM observation
WHERE (value IS NULL) = (absence IS NULL)

-- A register counts whole events: a fraction is a thousands mark read as a decimal one.
SELECT indicator_id AS subject, territory_code || ' ' || period || ' ' || disaggregation || ': '
    || coalesce(observation.numerator, observation.value)::TEXT || ' is no whole count' AS detail
FROM observation
JOIN indicator USING (indicator_id)
JOIN source ON source.source_id = observation.source_id
WHERE source.nature = 'administrative'
    AND ((measure = 'count' AND value <> round(value)) OR (per IS NOT NULL AND numerator <> round(numerator)))

-- Values of the chosen indicators and levels outside $low–$high.
SELECT indicator_id AS subject, territory_code || ' ' || period || ' ' || disaggregation || ': ' || value::TEXT
    || CASE WHEN value < $low THEN ' below ' || $low::DOUBLE::TEXT ELSE ' above ' || $high::DOUBLE::TEXT END AS detail
FROM observation
JOIN territory USING (territory_code)
WHERE list_contains($indicators, indicator_id) AND list_contains($levels, level) AND (value < $low::DOUBLE OR value > $high::DOUBLE)
ORDER BY indicator_id, territory_code, period_end, disaggregation

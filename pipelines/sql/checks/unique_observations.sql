-- Indicator, territory, period and disaggregation name one observation.
SELECT indicator_id AS subject, territory_code || ' ' || period || ' ' || disaggregation || ' stands ' || count(*)::TEXT || ' times' AS detail
FROM observation
GROUP BY indicator_id, territory_code, period, disaggregation
HAVING count(*) > 1

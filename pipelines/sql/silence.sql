-- Indicator × locality × year: how many values, and when none, why. Years run from the first the localities have to the last
-- they have, or should have by $built_on when the source has a calendar (then `late`). Between, a missing row is `not_published`.
WITH yearly AS (
    SELECT indicator_id, territory_code, year(period_end) AS year, count(value) AS with_value, min(absence) AS absence
    FROM observation
    SEMI JOIN missing USING (indicator_id)
    JOIN territory USING (territory_code)
    WHERE level = 'locality' AND disaggregation = 'total'
    GROUP BY ALL
), reach AS (
    SELECT yearly.indicator_id, min(year) AS first_year, max(year) AS last_year
    FROM yearly GROUP BY ALL
), expected AS (
    SELECT reach.*,
        CASE WHEN source.every_months <= 12 THEN greatest(last_year, year($built_on - source.lag_days) - 1)
             WHEN make_date(last_year, 12, 31) + to_months(source.every_months) + to_days(source.lag_days) <= $built_on
             THEN last_year + source.every_months // 12
             ELSE last_year END AS due_year
    FROM reach
    JOIN indicator USING (indicator_id)
    JOIN source USING (source_id)
)
SELECT
    expected.indicator_id, territory.territory_code, years.year, coalesce(yearly.with_value, 0),
    CASE WHEN coalesce(yearly.with_value, 0) = 0
         THEN coalesce(yearly.absence, CASE WHEN years.year > expected.last_year THEN 'late' ELSE 'not_published' END) END
FROM expected
CROSS JOIN (SELECT territory_code FROM territory WHERE level = 'locality') AS territory
CROSS JOIN LATERAL (SELECT unnest(range(expected.first_year, expected.due_year + 1)) AS year) AS years
LEFT JOIN yearly
    ON yearly.indicator_id = expected.indicator_id AND yearly.territory_code = territory.territory_code
    AND yearly.year = years.year
ORDER BY ALL

-- A declared break lies within the series it parts.
SELECT indicator_id AS subject, period || ' parts nothing: the series runs ' || min(period_start)::TEXT || ' to ' || max(period_end)::TEXT AS detail
FROM series_break
JOIN break_start USING (indicator_id, period)
JOIN (SELECT indicator_id, period_start, period_end FROM observation WHERE value IS NOT NULL) USING (indicator_id)
GROUP BY indicator_id, period, starts
HAVING starts <= min(period_start) OR starts > max(period_end)

-- Plan versions belong to a plan of the catalogue, and what they say is measured is measured by one of its indicators.
SELECT plan_id || ' ' || plan_version AS subject, 'no plan ' || plan_id || ' in the catalogue' AS detail
FROM plan_version ANTI JOIN plan USING (plan_id)
UNION ALL
SELECT plan_id || ' ' || code, 'measured by ' || indicator_id || ', which is no indicator'
FROM plan_node ANTI JOIN indicator USING (indicator_id)
WHERE indicator_id <> ''
ORDER BY subject

-- Ids of results and products of any version.
SELECT DISTINCT node_id FROM plan_node WHERE kind <> 'objective'

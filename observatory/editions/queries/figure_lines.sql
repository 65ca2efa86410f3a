-- Lines of one figure table and measure, in one territory or in all.
SELECT * FROM figure_row
WHERE source_id = $source_id AND measure = $measure AND ($territory_code IS NULL OR territory_code = $territory_code)
ORDER BY line

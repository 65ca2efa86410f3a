-- Synthetic crash-like records, numbered from 1 to `rows`: uniform over ten years, twenty localities and Bogotá's bounding
-- box, by hashes of their number, so that every machine makes the same. They measure a machine and say nothing of Bogotá.
SELECT
    TIMESTAMP '2015-01-01' + to_seconds((hash(number) % 315532800)::BIGINT) AS happened,
    printf('%02d', 1 + (hash(number * 3 + 1) % 20)::INTEGER) AS locality,
    round(-74.22 + (hash(number * 5 + 2) % 200000) / 1e6, 5) AS x,
    round(4.46 + (hash(number * 7 + 3) % 370000) / 1e6, 5) AS y,
    CASE WHEN hash(number * 11 + 4) % 100 < 61 THEN 'damage_synthetic'
         WHEN hash(number * 11 + 4) % 100 < 98 THEN 'injured_synthetic'
         ELSE 'dead_synthetic' END AS severity,
    hash(number * 13 + 5) % 100 < 55 AS motorcycle,
    hash(number * 17 + 6) % 100 < 15 AS bicycle,
    hash(number * 19 + 7) % 100 < 20 AS pedestrian,
    round(1 + (hash(number * 23 + 8) % 900) / 100, 2) AS weight
FROM range(1, getvariable('rows') + 1) AS numbers(number)

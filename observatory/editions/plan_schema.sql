-- Action plans of an edition: every version, its tree, promises, reports, what the publisher computed, and findings.
-- Weights are absolute shares of the policy (0–1), shares are fractions. Column order equals the rows of
-- `observatory/plan.py` after plan_id and plan_version.

CREATE TABLE plan_version (
    plan_id TEXT NOT NULL,            -- joins to `plan`
    plan_version TEXT NOT NULL, version_code TEXT NOT NULL,  -- as published; as links carry it
    version_en TEXT,                  -- as English readers see it, where that is not the same
    position INTEGER NOT NULL,        -- order of the versions; the highest is current
    is_current BOOLEAN NOT NULL,
    name_es TEXT NOT NULL, name_en TEXT NOT NULL, norm TEXT NOT NULL,
    lead_sector TEXT, lead_entity TEXT, objective TEXT,
    layout TEXT NOT NULL,             -- structure | board | new | old
    source TEXT NOT NULL, source_sha256 TEXT, follow_up TEXT, follow_up_sha256 TEXT,
    first_year INTEGER NOT NULL, last_year INTEGER NOT NULL,
    reported_to TEXT,                 -- last quarter with reports, 2025-Q4
    products_stated INTEGER,          -- said by the publisher where codes are not known one by one
    note_es TEXT, note_en TEXT,
    PRIMARY KEY (plan_id, plan_version)
);

CREATE TABLE plan_node (              -- objective, result, product; the last two with their indicator
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, parent_id TEXT NOT NULL,
    position INTEGER NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, indicator TEXT NOT NULL,
    unit TEXT NOT NULL, weight DOUBLE, weight_text TEXT NOT NULL,
    sector TEXT NOT NULL, entity TEXT NOT NULL, office TEXT NOT NULL, co_responsible TEXT NOT NULL,
    annualization TEXT NOT NULL, annualization_text TEXT NOT NULL, periodicity TEXT NOT NULL,
    baseline_value DOUBLE, baseline_year INTEGER, baseline_text TEXT NOT NULL,
    final_target DOUBLE, final_target_text TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL,
    in_force TEXT NOT NULL,           -- yes | no | empty: not said
    pending TEXT NOT NULL,            -- what waits for the official file, blank-separated
    indicator_id TEXT NOT NULL,       -- of the catalogue, where one measures it
    direction TEXT NOT NULL,          -- lower_is_better | higher_is_better | empty: only the annualization tells
    cell TEXT NOT NULL,
    PRIMARY KEY (plan_id, plan_version, node_id)
);

CREATE TABLE plan_target (
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, year INTEGER NOT NULL,
    value DOUBLE, text TEXT NOT NULL, cell TEXT NOT NULL
);

CREATE TABLE plan_report (            -- quarter 0: a whole year
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, year INTEGER NOT NULL, quarter INTEGER NOT NULL,
    value DOUBLE,                     -- as stated
    used DOUBLE,                      -- what enters the arithmetic
    fault TEXT NOT NULL,              -- why they differ: wording key plan.fault.<code>
    text TEXT NOT NULL, cell TEXT NOT NULL
);

CREATE TABLE plan_published (         -- computed by the publisher, beside ours
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, year INTEGER NOT NULL,
    measure TEXT NOT NULL,            -- year_value accumulated accumulated_target share_of_year share_to_date share_of_final
    value DOUBLE, text TEXT NOT NULL, cell TEXT NOT NULL
);

CREATE TABLE plan_note (
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, year INTEGER NOT NULL, quarter INTEGER NOT NULL,
    kind TEXT NOT NULL,               -- progress | approaches | lag | over_execution
    text TEXT NOT NULL, cell TEXT NOT NULL
);

CREATE TABLE plan_attribute (
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL,
    name TEXT NOT NULL, text TEXT NOT NULL, cell TEXT NOT NULL
);

CREATE TABLE plan_adjustment (
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, date TEXT NOT NULL, text TEXT NOT NULL
);

CREATE TABLE plan_finding (
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL,
    rule TEXT NOT NULL,               -- wording key plan.finding.<rule>
    severity TEXT NOT NULL,           -- error | warning | notice
    node_id TEXT NOT NULL, code TEXT NOT NULL, cell TEXT NOT NULL, found TEXT NOT NULL, expected TEXT NOT NULL
);

CREATE TABLE plan_standing (          -- results and products at every cut that was reported; the newest is reported_to
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, cut TEXT NOT NULL,
    status TEXT NOT NULL, reason TEXT NOT NULL,  -- why there is no status, or no share: wording key plan.reason.<code>
    last_report TEXT NOT NULL,
    fault TEXT NOT NULL,              -- of the newest report: wording key plan.fault.<code>
    baseline DOUBLE, baseline_kind TEXT NOT NULL,
    year_value DOUBLE, year_target DOUBLE, period_target DOUBLE, year_share DOUBLE,
    accumulated DOUBLE, accumulated_target DOUBLE, share DOUBLE,
    final_target DOUBLE, final_share DOUBLE, expected_share DOUBLE, gap DOUBLE,
    justification TEXT NOT NULL,      -- owed in writing: lag | over_execution | empty
    is_justified BOOLEAN NOT NULL,
    next_due TEXT NOT NULL
);

CREATE TABLE plan_aggregate (         -- group_kind: policy | objective | sector | entity
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, cut TEXT NOT NULL,
    group_kind TEXT NOT NULL, group_name TEXT NOT NULL, kind TEXT NOT NULL,  -- kind: result | product
    indicators INTEGER NOT NULL, assessed INTEGER NOT NULL, unweighted INTEGER NOT NULL,
    weight DOUBLE NOT NULL, weight_assessed DOUBLE NOT NULL, coverage DOUBLE, progress DOUBLE, progress_uncapped DOUBLE,
    met INTEGER NOT NULL, on_track INTEGER NOT NULL, at_risk INTEGER NOT NULL, lagging INTEGER NOT NULL,
    over_executed INTEGER NOT NULL, not_assessed INTEGER NOT NULL
);

CREATE TABLE plan_board_cell (        -- a public board's percentages beside ours, cell by cell
    plan_id TEXT NOT NULL, plan_version TEXT NOT NULL, node_id TEXT NOT NULL, key TEXT NOT NULL,
    kind TEXT NOT NULL, annualization TEXT NOT NULL, year INTEGER NOT NULL,
    measure TEXT NOT NULL,            -- share_of_year | share_to_date
    board DOUBLE, ours DOUBLE,
    agreement TEXT NOT NULL,          -- agree | differ | only_board | only_ours: wording key plan.agreement.<code>
    reason TEXT NOT NULL              -- wording key plan.board.<code>, or plan.fault.<code>
);

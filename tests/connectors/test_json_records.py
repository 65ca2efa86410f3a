from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipelines.connectors.json_records import records_of

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=6,
)


def test_each_record_comes_with_its_own_text() -> None:
    body = ' {"n": {"features": [0]}, "features" : [ {"a": 1.50} ,{"a":"[,]}"}], "z": 1}'
    assert records_of(body, "features") == [({"a": 1.5}, '{"a": 1.50}'), ({"a": "[,]}"}, '{"a":"[,]}"}')]


@pytest.mark.parametrize("body", ["{}", '{"features": []}', '{"features": null}', '{"a": 1}'])
def test_no_array_means_no_records(body: str) -> None:
    assert records_of(body, "features") == []


@pytest.mark.parametrize("body", ["[]", '{"features": [1', '{"features": [1 2]}', '{"a" 1}', ""])
def test_damage_is_told(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        records_of(body, "features")


@given(before=some.dictionaries(some.text(), VALUES, max_size=3), records=some.lists(VALUES, max_size=4))
def test_the_texts_put_together_are_the_records(before: dict[str, object], records: list[object]) -> None:
    before.pop("features", None)
    body = json.dumps({**before, "features": records}, indent=1)
    found = records_of(body, "features")
    assert [value for value, _ in found] == records
    assert json.loads(f"[{','.join(text for _, text in found)}]") == records

from observatory.registry.json_schema import SCHEMA_FILE, schema_text


def test_the_schema_file_is_current() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "run `python -m pipelines schema`"

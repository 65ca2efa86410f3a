"""The JSON Schema of the catalogue, which editors use to complete and check `indicators.yaml` while it is written."""

from __future__ import annotations

import json
from pathlib import Path

from observatory.registry.models import Catalogue

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "indicators.schema.json"


def schema_text() -> str:
    """The schema as the file holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Catalogue.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schema(path: Path = SCHEMA_FILE) -> Path:
    """Write the schema file."""
    path.write_text(schema_text(), encoding="utf-8")
    return path

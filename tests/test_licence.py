"""The licence file names every source whose publisher states a licence, under the right one."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
HEADINGS = {
    "cc_by_sa_4": "Creative Commons Attribution-ShareAlike 4.0",
    "cc_by_4": "Creative Commons Attribution 4.0",
    "mit": "  MIT",
}


def test_the_licence_file_is_true():
    sources = yaml.safe_load((ROOT / "indicators.yaml").read_text(encoding="utf-8"))["sources"]
    stated = {one["id"]: one["licence"] for one in sources if one["licence"] != "not_stated"}
    data = (ROOT / "LICENSE").read_text(encoding="utf-8").split("THE DATA")[1]
    found, licence = {}, ""
    for line in data.splitlines():
        licence = next(
            (key for key, words in HEADINGS.items() if line.startswith(("  " + words.strip(), words))), licence
        )
        if match := re.match(r"      ([a-z0-9_]+)   +\S", line):
            found[match[1]] = licence
    assert found == stated

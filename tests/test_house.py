"""What import contracts cannot say: the entry and the pages stay thin."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))


def imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return found | {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


def test_the_entry_is_short_and_knows_only_the_user_interface():
    entry = ROOT / "dashboard.py"
    assert len(entry.read_text(encoding="utf-8").splitlines()) <= 40
    assert all(name == "streamlit" or name.startswith("observatory.ui") for name in imported(entry))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_fits_on_a_screen(page):
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 60

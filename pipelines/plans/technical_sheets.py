"""The technical sheets of an action plan ("Ficha técnica IR#/IP#"): a label, and its value to the right or below.

A sheet belongs to the indicator whose code or name it states; one that states neither is reported and not guessed from
its position, for numbers are not stable between versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from observatory.plan import Attribute, Node
from pipelines.plans.rows import Draft
from pipelines.reading.sheets import Sheet, plain

LABELS = {
    "description": r"^descripcion( del indicador)?$",
    "measurement_method": r"^metodologia de medicion",
    "unit": r"^unidad de medida|^cual$",
    "territories": r"^territorializacion",
    "approach": r"^enfoque",
    "information_sources": r"^fuentes? de informacion",
    "lag_days": r"^dias de rezago",
    "remarks": r"^observaciones",
}
PATTERNS = {name: re.compile(pattern) for name, pattern in LABELS.items()}
CODE_LABEL = re.compile(r"^(codigo|cod)\b")
NAME_LABEL = re.compile(r"^nombre (del )?indicador")
CODE = re.compile(r"\d+(?:\.\d+)+")
REACH = 6  # cells to the right of a label in which its value is looked for


def is_technical_sheet(sheet: Sheet) -> bool:
    """Whether a sheet's name says that it is one."""
    return plain(sheet.name).startswith("ficha")


def read_technical_sheet(sheet: Sheet, draft: Draft) -> bool:
    """Add what a sheet says to the indicator it belongs to; False when it names none that is known."""
    node = _owner(sheet, draft.nodes.values())
    if node is None:
        return False
    for row, column, label in _labels(sheet):
        name = next((key for key, pattern in PATTERNS.items() if pattern.search(label)), None)
        place = _value_of(sheet, row, column) if name else None
        if name and place:
            text = sheet.text(*place)
            draft.attributes.append(Attribute(node.node_id, name, text, sheet.address(*place)))
            if name == "unit" and not draft.nodes[node.node_id].unit:
                draft.nodes[node.node_id] = draft.nodes[node.node_id]._replace(unit=text)
    return True


def _labels(sheet: Sheet) -> Iterable[tuple[int, int, str]]:
    for row in range(len(sheet.rows)):
        for column in range(sheet.width):
            if label := plain(sheet.text(row, column)):
                yield row, column, label


def _is_label(label: str) -> bool:
    return any(pattern.search(label) for pattern in (*PATTERNS.values(), CODE_LABEL, NAME_LABEL))


def _value_of(sheet: Sheet, row: int, column: int) -> tuple[int, int] | None:
    """The next filled cell to the right, or the one below; none where that is another label."""
    places = [(row, place) for place in range(column + 1, column + REACH)] + [(row + 1, column)]
    found = next((place for place in places if sheet.text(*place)), None)
    return found if found and not _is_label(plain(sheet.text(*found))) else None


def _owner(sheet: Sheet, nodes: Iterable[Node]) -> Node | None:
    named, code = "", next(iter(CODE.findall(sheet.name)), "")
    for row, column, label in _labels(sheet):
        place = _value_of(sheet, row, column) if CODE_LABEL.search(label) or NAME_LABEL.search(label) else None
        if place and NAME_LABEL.search(label):
            named = plain(sheet.text(*place))
        elif place:
            code = code or next(iter(CODE.findall(sheet.text(*place))), "")
    indicators = [node for node in nodes if node.kind != "objective"]
    by_code = [node for node in indicators if code and node.code == code]
    by_name = [node for node in indicators if named and plain(node.indicator) == named]
    found = by_code or by_name
    return found[0] if len(found) == 1 else None

"""Write docs/methodology.md and docs/methodology.es.md from docstrings, the catalogue and the words of the public.

The Spanish text of each docstring stands in docs/methodology_es.yaml with a mark of the English one it translates, so
that neither can change without the other.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from observatory.errors import CatalogueError
from observatory.registry.loading import load_catalogue
from observatory.registry.models import Baseline, Catalogue, Target, Text
from observatory.sentences.promise import change, unknown_level
from observatory.wording import LANGUAGES, Lang, texts, words
from pipelines.commands import Progress
from pipelines.layout import REPOSITORY, Layout

DOCS = REPOSITORY / "docs"
NAMES: dict[Lang, str] = {"en": "methodology.md", "es": "methodology.es.md"}
CODES = ("reason.", "pace.refusal.", "pace.reason.", "marker.reason.", "projection.reason.", "annualization.remark.")


def write(layout: Layout, progress: Progress) -> None:
    """Write the document in both languages."""
    catalogue = load_catalogue(layout.catalogue)
    for lang in LANGUAGES:
        path = DOCS / NAMES[lang]
        path.write_text(document(catalogue, lang), encoding="utf-8", newline="\n")
        progress("write", str(path.relative_to(REPOSITORY)))


def document(catalogue: Catalogue, lang: Lang) -> str:
    """The methodology in a language, as Markdown.

    Raises:
        CatalogueError: a Spanish text is missing, or translates a docstring that has changed since.
    """
    plan = yaml.safe_load((DOCS / "methodology.yaml").read_text(encoding="utf-8"))
    labels = {key: text[lang] for key, text in {**plan["words"], **plan["kinds"]}.items()}
    writer = Writer(catalogue, lang, labels)
    parts = [f"# {plan['title'][lang]}", plan["intro"][lang]]
    for chapter in plan["chapters"]:
        parts.append(f"## {chapter['title'][lang]}")
        for module in chapter["modules"]:
            parts += writer.module(module)
        for name in chapter["catalogue"]:
            parts += SECTIONS[name](writer)
    return "\n\n".join(part.strip() for part in parts) + "\n"


def mark_of(docstring: str) -> str:
    """What a translation names to say which text it translates: the first eight hexadecimal digits of its SHA-256."""
    return hashlib.sha256(docstring.encode()).hexdigest()[:8]


def told(function: object) -> str:
    """Summary, formula and source of a function, without arguments, errors and examples."""
    sections = re.split(r"\n\n(?=[A-Z]\w+:\n)", inspect.getdoc(function) or "")
    kept = [part for part in sections if not re.match(r"(Args|Raises|Example):\n", part)]
    return "\n\n".join(re.sub(r"^(\w+):\n\s+", r"\1: ", inspect.cleandoc(part)) for part in kept)


def example(function: object) -> str:
    """The example of a function, as it is typed and answered; empty when it has none."""
    found = re.search(r"Example:\n((?:    .*(?:\n|$))+)", inspect.getdoc(function) or "")
    return inspect.cleandoc("\n" + found[1]) if found else ""


def with_examples(module: str) -> dict[str, Callable[..., object]]:
    """Public functions of a module whose docstrings hold an example, in their order."""
    members = vars(importlib.import_module(module)).items()
    return {
        name: function
        for name, function in members
        if inspect.isfunction(function) and function.__module__ == module and example(function)
    }


class Writer:
    """Writes the parts of the document in one language."""

    def __init__(self, catalogue: Catalogue, lang: Lang, labels: dict[str, str]) -> None:
        self.catalogue, self.lang, self.labels = catalogue, lang, labels
        raw = (DOCS / "methodology_es.yaml").read_text(encoding="utf-8")
        self.spanish: dict[str, Any] = yaml.safe_load(raw)

    def module(self, name: str) -> Iterator[str]:
        """What a module says, then each of its worked examples."""
        docstring = inspect.getdoc(importlib.import_module(name)) or ""
        translation = self.spanish.get(name, {})
        yield f"### `{name.removeprefix('observatory.')}`"
        yield self._in_language(docstring, translation, name)
        for key, function in with_examples(name).items():
            translated = translation.get("functions", {}).get(key, {})
            yield f"#### `{key}`"
            yield self._in_language(told(function), translated, f"{name}.{key}")
            yield f"{self.labels['example']}:"
            yield f"```python\n{example(function)}\n```"

    def _in_language(self, english: str, translation: dict[str, str], where: str) -> str:
        if self.lang == "en":
            return english
        if translation.get("of") != mark_of(english):
            fix = f"translate it in docs/methodology_es.yaml, and set `of` to {mark_of(english)}"
            raise CatalogueError("the Spanish text does not translate this docstring", where=where, fix=fix)
        return translation["text"]

    def text(self, both: Text) -> str:
        """A text of the catalogue."""
        return both.in_language(self.lang)

    def table(self, head: list[str], rows: list[list[str]]) -> str:
        """A table of Markdown."""
        lines = [[self.labels[name] for name in head], ["---"] * len(head), *rows]
        return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _bands(writer: Writer) -> list[str]:
    bands, said, labels = writer.catalogue.status_bands, words(writer.lang), writer.labels
    edges = (bands.at_risk_above, bands.on_track_above, bands.over_executed_above)
    cuts = zip(("lagging", "at_risk", "on_track"), edges, strict=True)
    rows = [[labels["upto"].format(value=said.percent(cut, 0)), said(f"status.{status}")] for status, cut in cuts]
    beyond = labels["beyond"].format(value=said.percent(bands.over_executed_above, 0))
    rows.append([beyond, said("status.over_executed")])
    source = f"{labels['source']}: {writer.text(bands.source)}"
    return [f"### {labels['bands']}", writer.table(["share", "status"], rows), source]


def _deciding(writer: Writer) -> list[str]:
    catalogue, said = writer.catalogue, words(writer.lang)
    method = said(f"pace.method.{catalogue.deciding_method.method}")
    first = f"{writer.labels['deciding'].format(method=method)} {writer.text(catalogue.deciding_method.reason)}"
    others = [[f"`{item.id}`", item.decides] for item in catalogue.indicators if item.decides is not None]
    if not others:
        return [first, writer.labels["no_exceptions"]]
    return [first, f"{writer.labels['exceptions']}:", "\n".join(f"- {one}: {method}" for one, method in others)]


def _breaks(writer: Writer) -> list[str]:
    rows = [
        [writer.text(item.name), words(writer.lang).period(step.period), writer.text(step.reason)]
        for item in writer.catalogue.indicators
        for step in item.breaks
    ]
    return [f"### {writer.labels['breaks']}", writer.table(["indicator", "since", "reason"], rows)]


def _reasons(writer: Writer) -> list[str]:
    rows = [[f"`{key}`", text] for key, text in texts(writer.lang).items() if key.startswith(CODES)]
    return [writer.table(["code", "words"], rows)]


def _targets(writer: Writer) -> list[str]:
    targets = [target for target in writer.catalogue.targets if target.role != "reference"]
    measured = [target for target in targets if target.indicator is not None]
    references = len(writer.catalogue.targets) - len(targets)
    rest = writer.labels["unmeasured"].format(n=len(targets) - len(measured), m=references)
    head = ["target", "indicator", "plan", "kind", "baseline", "final", "read", "fit"]
    return [writer.table(head, [_target_row(writer, target) for target in measured]), rest]


def _target_row(writer: Writer, target: Target) -> list[str]:
    said, plans = words(writer.lang), {plan.id: plan for plan in writer.catalogue.plans}
    plan, final, base = plans[target.plan], target.milestones[-1], target.baseline
    values = [] if base is None else [_plain(writer, target, base.value), _period(writer, base.period)]
    last = [_final(writer, target), _period(writer, final.period)]
    return [
        f"{target.id} {writer.text(target.name)}",
        f"`{target.indicator}`",
        f"{writer.text(plan.name)} ({writer.text(plan.version)})",
        writer.labels[target.kind],
        " · ".join(filter(None, values)) or "—",
        " · ".join(filter(None, last)) or "—",
        said(f"seen.{target.seen}"),
        writer.labels[target.fit],
    ]


def _plain(writer: Writer, target: Target, value: float | None) -> str:
    """A value of a target as the public reads it; empty without one."""
    if value is None:
        return ""
    said = words(writer.lang)
    indicator = next(item for item in writer.catalogue.indicators if item.id == target.indicator)
    unit = next(unit for unit in writer.catalogue.units if unit.id == indicator.unit)
    return f"{said.number(value * unit.factor, unit.decimals)} {writer.text(unit.symbol)}"


def _final(writer: Writer, target: Target) -> str:
    """The last milestone; of a change in percent also what it counts from."""
    value, base, said = target.milestones[-1].value, target.baseline or Baseline(), words(writer.lang)
    if target.kind != "percent_change" or value is None:
        return _plain(writer, target, value)
    told = (change(value, base.value, base.period, said), unknown_level(base.value, base.period, said))
    return "; ".join(filter(None, told))


def _period(writer: Writer, period: str | None) -> str:
    return "" if period is None else words(writer.lang).period(period)


SECTIONS: dict[str, Callable[[Writer], list[str]]] = {
    "bands": _bands,
    "deciding": _deciding,
    "breaks": _breaks,
    "reasons": _reasons,
    "targets": _targets,
}

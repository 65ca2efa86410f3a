"""What each part of an edition is made from, as its key: all of it and, where that is simple, nothing else.

What is made from other parts is made from their rows, not from what those were made from: a source that is read anew
and says the same leaves its indicators as they are. Records of the catalogue are taken whole, and the code is one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from observatory.registry.models import Catalogue, Indicator
from observatory.rows.account import CorrectionRow
from observatory.territory import Territory
from pipelines.assess import day_told, targets_of
from pipelines.content import code_hash, content_bytes, plan_files
from pipelines.parts import key_of
from pipelines.read_figures import Contract, FigureTable


def source_key(source_id: str, data: bytes, contract: Contract) -> str:
    """Of a source as read: the table's bytes and what they may say."""
    names, pairs = (contract.measures, contract.categories), (contract.share_bounds.items(), contract.levels.items())
    said = [[sorted(each) for each in names], [sorted(each) for each in pairs]]
    return key_of("source", code_hash(), source_id, hashlib.sha256(data).hexdigest(), said)


def plans_key(folder: Path, catalogue: Catalogue) -> str:
    """Of the tables of the plans: the files of every listed version, and the cuts between statuses."""
    files = [
        (path.relative_to(folder).as_posix(), hashlib.sha256(content_bytes(path)).hexdigest())
        for path in plan_files(folder)
    ]
    return key_of("plans", code_hash(), files, catalogue.status_bands.model_dump_json())


@dataclass(frozen=True)
class MadeFrom:
    """What the parts of indicators are made from; `read` holds the hash of each source's rows as they were read."""

    catalogue: Catalogue
    territories: Mapping[str, Territory]
    tables: Iterable[FigureTable]
    read: Mapping[str, str]
    corrections: Iterable[CorrectionRow]

    def indicators(self) -> dict[str, str]:
        """Of observations: record and unit, the sources and their rows, places, and what others show of the sources.

        The last because a value out of range for an indicator that shows it as it is may be used by no other.
        """
        units = {unit.id: unit.model_dump_json() for unit in self.catalogue.units}
        told = {source: (said, self._shown[source]) for source, said in self._sources.items()}
        return {
            item.id: key_of(*self._own("indicator", item), units[item.unit], [told[name] for name in item.source_ids])
            for item in self.catalogue.indicators
        }

    def verdicts(self, observed: Mapping[str, str], built_on: dt.date) -> dict[str, str]:
        """Of verdicts: record, observations, targets, plans, cuts, method, and the day as far as targets can tell."""
        return {item.id: self._verdict(item, observed[item.id], built_on) for item in self.catalogue.indicators}

    def _verdict(self, item: Indicator, observed: str, built_on: dt.date) -> str:
        targets, plans = targets_of(self.catalogue, item), {plan.id: plan for plan in self.catalogue.plans}
        promised = [(target.model_dump_json(), plans[target.plan].model_dump_json()) for target in targets]
        bands, decides = self.catalogue.status_bands.model_dump_json(), self.catalogue.decides(item)
        return key_of(*self._own("verdict", item), observed, promised, bands, decides, day_told(targets, built_on))

    def silences(self, observed: Mapping[str, str], built_on: dt.date) -> dict[str, str]:
        """Of silences: record, observations, the calendar of the source, and the day."""
        sources = {source.id: source.model_dump_json() for source in self.catalogue.sources}
        return {
            item.id: key_of(*self._own("silence", item), observed[item.id], sources[item.source_ids[0]], built_on)
            for item in self.catalogue.indicators
        }

    def _own(self, kind: str, item: Indicator) -> tuple[object, ...]:
        return kind, code_hash(), item.model_dump_json(), self._places

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        return sorted((code, area.level) for code, area in self.territories.items())

    @cached_property
    def _sources(self) -> dict[str, list[object]]:
        """All of each source: its record, its rows, what each was published in, and what was corrected."""
        records = {source.id: source.model_dump_json() for source in self.catalogue.sources}
        corrected = defaultdict(list)
        for row in self.corrections:
            corrected[row.source_id].append(row)
        return {
            table.source_id: [
                records[table.source_id],
                self.read[table.source_id],
                (table.sha256, table.published, table.kept_hash, sorted(table.kept)),
                corrected[table.source_id],
            ]
            for table in self.tables
        }

    @cached_property
    def _shown(self) -> dict[str, list[object]]:
        """Of each source, what indicators show as it is, and the range in which it must lie for them."""
        shown = defaultdict[str, list[object]](list)
        for item in self.catalogue.indicators:
            if item.value is not None:
                shown[item.value.source].append(
                    (item.value.model_dump_json(), item.levels, item.dimensions, item.valid_range)
                )
        return shown

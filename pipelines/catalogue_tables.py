"""The catalogue as rows of the edition's tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from observatory.registry.models import Baseline, Catalogue, Indicator, Milestone, Source, Target, Text
from observatory.rows.catalogue import BreakRow, CategoryRow, IndicatorRow, PlanRow, SourceRow, TargetRow, ThemeRow
from observatory.rows.language import Lang

LANGUAGES: tuple[Lang, ...] = ("es", "en")


def _both(**texts: Text | None) -> dict[str, Any]:
    """Every text as two columns, `name_es` and `name_en`; null where there is none."""
    return {
        f"{name}_{lang}": text.in_language(lang) if text else None for name, text in texts.items() for lang in LANGUAGES
    }


def _all(**lists: list[Text]) -> dict[str, Any]:
    """The same for lists of texts."""
    return {
        f"{name}_{lang}": [text.in_language(lang) for text in texts]
        for name, texts in lists.items()
        for lang in LANGUAGES
    }


def theme_rows(catalogue: Catalogue) -> list[ThemeRow]:
    """The themes in their order."""
    return [
        ThemeRow(theme.id, position, theme.name.es, theme.name.en, theme.question.es, theme.question.en)
        for position, theme in enumerate(catalogue.themes)
    ]


def source_rows(catalogue: Catalogue, hashes: dict[str, str]) -> list[SourceRow]:
    """The sources; `hashes` holds the sha256 of each figure table."""
    return [_source_row(catalogue, source, hashes[source.id]) for source in catalogue.sources]


def _source_row(catalogue: Catalogue, source: Source, capture_hash: str) -> SourceRow:
    publisher = next(entity for entity in catalogue.entities if entity.id == source.entity)
    licence = next(licence for licence in catalogue.licences if licence.id == source.licence)
    return SourceRow(
        **_both(dataset=source.dataset, locator=source.locator, licence=licence.name, obtained=source.obtained.note),
        **_all(caveats=source.caveats),
        source_id=source.id,
        publisher=publisher.name.es,
        publisher_acronym=publisher.acronym,
        url=source.url,
        licence_url=licence.url,
        share_alike=licence.share_alike,
        cutoff=source.cutoff,
        published=source.published,
        nature=source.nature,
        confidence=source.confidence,
        obtained=source.obtained.how,
        records=source.obtained.records,
        every_months=source.calendar.every_months if source.calendar else None,
        lag_days=source.calendar.lag_days if source.calendar else None,
        capture_hash=capture_hash,
    )


def indicator_rows(catalogue: Catalogue) -> list[IndicatorRow]:
    """The indicators in their order."""
    return [_indicator_row(catalogue, position, item) for position, item in enumerate(catalogue.indicators)]


def _indicator_row(catalogue: Catalogue, position: int, item: Indicator) -> IndicatorRow:
    unit = next(unit for unit in catalogue.units if unit.id == item.unit)
    entity = next(entity for entity in catalogue.entities if entity.id == item.entity)
    desired_low, desired_high = item.desired_range or (None, None)
    return IndicatorRow(
        **_both(name=item.name, label=item.label, description=item.description, method=item.method),
        **_both(unit=unit.name, symbol=unit.symbol, proxy=item.proxy_for),
        **_all(caveats=item.caveats),
        indicator_id=item.id,
        position=position,
        theme_id=item.theme,
        unit_id=unit.id,
        factor=unit.factor,
        decimals=unit.decimals,
        measure=item.measure,
        direction=item.direction,
        frequency=item.frequency,
        nature=item.nature,
        levels=list(item.levels),
        valid_low=item.valid_range[0],
        valid_high=item.valid_range[1],
        desired_low=desired_low,
        desired_high=desired_high,
        per=item.per,
        entity=entity.name.es,
        sdg=item.tags.sdg,
        iso=item.tags.iso,
        synonyms=[word for words in item.synonyms.values() for word in words],
        headline=item.headline,
        source_id=item.source_ids[0],
        denominator_source_id=item.denominator.source if item.denominator else None,
        dimensions=list(item.dimensions),
        decides=catalogue.decides(item),
        by_locality=item.by_locality,
        related=list(item.related),
    )


def category_rows(catalogue: Catalogue) -> list[CategoryRow]:
    """The words of every `dimension:category`."""
    return [
        CategoryRow(f"{item.id}:{key}", item.id, position, item.name.es, item.name.en, name.es, name.en)
        for item in catalogue.dimensions
        for position, (key, name) in enumerate(item.categories.items())
    ]


def break_rows(catalogue: Catalogue) -> list[BreakRow]:
    """The declared series breaks."""
    return [
        BreakRow(item.id, step.period, step.reason.es, step.reason.en)
        for item in catalogue.indicators
        for step in item.breaks
    ]


def plan_rows(catalogue: Catalogue) -> list[PlanRow]:
    """The plans."""
    entities = {entity.id: entity.name.es for entity in catalogue.entities}
    return [
        PlanRow(
            **_both(name=plan.name, norm=plan.norm, version=plan.version),
            plan_id=plan.id,
            scope=plan.scope,
            starts=plan.starts,
            ends=plan.ends,
            closed=plan.closed,
            entity=entities[plan.entity] if plan.entity else None,
        )
        for plan in catalogue.plans
    ]


def target_rows(catalogue: Catalogue) -> Iterator[TargetRow]:
    """One row per milestone of every target and reference."""
    versions = {plan.id: plan.version.es for plan in catalogue.plans}
    for target in catalogue.targets:
        for milestone in target.milestones:
            yield _target_row(target, milestone, versions[target.plan])


def _target_row(target: Target, milestone: Milestone, plan_version: str) -> TargetRow:
    baseline = target.baseline or Baseline()
    return TargetRow(
        **_both(name=target.name, unit=target.unit, fit=target.fit_note, territory=target.territory),
        **_both(baseline=baseline.text, text=milestone.text, note=target.note),
        **_both(article=target.article, source=target.source),
        target_id=target.id,
        plan_id=target.plan,
        plan_version=plan_version,
        indicator_id=target.indicator,
        theme_id=target.theme,
        kind=target.kind,
        role=target.role,
        seen=target.seen,
        scope=target.scope,
        fit=target.fit,
        territory_code="00" if "city" in target.applies_to else None,
        baseline_value=baseline.value,
        baseline_period=baseline.period,
        period=milestone.period,
        value=milestone.value,
    )

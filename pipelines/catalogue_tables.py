"""The catalogue as rows of the edition's tables."""

from __future__ import annotations

from collections.abc import Iterator

from observatory.registry.models import Catalogue, Indicator, Milestone, Source, Target, Text
from observatory.rows.catalogue import BreakRow, CategoryRow, IndicatorRow, PlanRow, SourceRow, TargetRow, ThemeRow


def _pair(text: Text | None) -> tuple[str | None, str | None]:
    return (text.es, text.en) if text else (None, None)


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
        source_id=source.id,
        publisher=publisher.name.es,
        publisher_acronym=publisher.acronym,
        dataset_es=source.dataset.es,
        dataset_en=source.dataset.en,
        url=source.url,
        locator=source.locator,
        licence_es=licence.name.es,
        licence_en=licence.name.en,
        licence_url=licence.url,
        share_alike=licence.share_alike,
        cutoff=source.cutoff,
        published=source.published,
        nature=source.nature,
        confidence=source.confidence,
        obtained=source.obtained.how,
        records=source.obtained.records,
        obtained_es=source.obtained.note.es,
        obtained_en=source.obtained.note.en,
        every_months=source.calendar.every_months if source.calendar else None,
        lag_days=source.calendar.lag_days if source.calendar else None,
        caveats_es=[caveat.es for caveat in source.caveats],
        caveats_en=[caveat.en for caveat in source.caveats],
        capture_hash=capture_hash,
    )


def indicator_rows(catalogue: Catalogue) -> list[IndicatorRow]:
    """The indicators in their order."""
    return [_indicator_row(catalogue, position, item) for position, item in enumerate(catalogue.indicators)]


def _indicator_row(catalogue: Catalogue, position: int, item: Indicator) -> IndicatorRow:
    unit = next(unit for unit in catalogue.units if unit.id == item.unit)
    entity = next(entity for entity in catalogue.entities if entity.id == item.entity)
    proxy_es, proxy_en = _pair(item.proxy_for)
    desired = item.desired_range or (None, None)
    return IndicatorRow(
        indicator_id=item.id,
        position=position,
        theme_id=item.theme,
        name_es=item.name.es,
        name_en=item.name.en,
        label_es=item.label.es,
        label_en=item.label.en,
        description_es=item.description.es,
        description_en=item.description.en,
        unit_id=unit.id,
        unit_es=unit.name.es,
        unit_en=unit.name.en,
        symbol_es=unit.symbol.es,
        symbol_en=unit.symbol.en,
        factor=unit.factor,
        decimals=unit.decimals,
        measure=item.measure,
        direction=item.direction,
        frequency=item.frequency,
        nature=item.nature,
        levels=list(item.levels),
        valid_low=item.valid_range[0],
        valid_high=item.valid_range[1],
        desired_low=desired[0],
        desired_high=desired[1],
        per=item.per,
        method_es=item.method.es,
        method_en=item.method.en,
        caveats_es=[caveat.es for caveat in item.caveats],
        caveats_en=[caveat.en for caveat in item.caveats],
        entity=entity.name.es,
        sdg=item.tags.sdg,
        iso=item.tags.iso,
        proxy_es=proxy_es,
        proxy_en=proxy_en,
        synonyms=[word for words in item.synonyms.values() for word in words],
        headline=item.headline,
        source_id=item.source_ids[0],
        denominator_source_id=item.denominator.source if item.denominator else None,
        dimensions=list(item.dimensions),
        decides=catalogue.decides(item),
        by_locality=item.by_locality,
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
            plan_id=plan.id,
            name_es=plan.name.es,
            name_en=plan.name.en,
            norm=plan.norm,
            scope=plan.scope,
            starts=plan.starts,
            ends=plan.ends,
            version=plan.version,
            closed=plan.closed,
            entity=entities[plan.entity] if plan.entity else None,
        )
        for plan in catalogue.plans
    ]


def target_rows(catalogue: Catalogue) -> Iterator[TargetRow]:
    """One row per milestone of every target and reference."""
    versions = {plan.id: plan.version for plan in catalogue.plans}
    for target in catalogue.targets:
        for milestone in target.milestones:
            yield _target_row(target, milestone, versions[target.plan])


def _target_row(target: Target, milestone: Milestone, plan_version: str) -> TargetRow:
    fit_es, fit_en = _pair(target.fit_note)
    baseline_es, baseline_en = _pair(target.baseline.text if target.baseline else None)
    text_es, text_en = _pair(milestone.text)
    note_es, note_en = _pair(target.note)
    return TargetRow(
        target_id=target.id,
        plan_id=target.plan,
        plan_version=plan_version,
        indicator_id=target.indicator,
        theme_id=target.theme,
        name_es=target.name.es,
        name_en=target.name.en,
        unit_es=target.unit.es,
        unit_en=target.unit.en,
        kind=target.kind,
        role=target.role,
        seen=target.seen,
        scope=target.scope,
        fit=target.fit,
        fit_es=fit_es,
        fit_en=fit_en,
        territory_code="00" if "city" in target.applies_to else None,
        territory_es=target.territory.es,
        territory_en=target.territory.en,
        baseline_value=target.baseline.value if target.baseline else None,
        baseline_period=target.baseline.period if target.baseline else None,
        baseline_es=baseline_es,
        baseline_en=baseline_en,
        period=milestone.period,
        value=milestone.value,
        text_es=text_es,
        text_en=text_en,
        article=target.article,
        source=target.source,
        note_es=note_es,
        note_en=note_en,
    )

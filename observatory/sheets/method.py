"""What an indicator measures, how, from whom, under which licence; how to cite it."""

from __future__ import annotations

from html import escape

from observatory.rows.catalogue import IndicatorRow, SourceRow
from observatory.sheets.marks import anchor, tag
from observatory.sheets.table import folded
from observatory.sheets.view import View
from observatory.wording import Lang


def definition(view: View, indicator: IndicatorRow) -> str:
    """The record of the indicator as a list of terms."""
    w, lang = view.words, view.lang
    english = lang == "en"
    caveats = indicator.caveats_en if english else indicator.caveats_es
    proxy = indicator.proxy_en if english else indicator.proxy_es
    terms: list[tuple[str, str]] = [
        (w("method.measures"), tag("p", indicator.description_en if english else indicator.description_es)),
        (w("method.unit"), tag("p", f"{indicator.unit(lang)} · {w(f'direction.{indicator.direction}')}")),
        (w("method.method"), tag("p", indicator.method_en if english else indicator.method_es)),
        (w("method.nature"), tag("p", f"{w(f'nature.{indicator.nature}')} · {w(f'frequency.{indicator.frequency}')}")),
        (w("method.entity"), tag("p", indicator.entity)),
    ]
    if proxy:
        terms.append((w("method.proxy"), tag("p", proxy)))
    if caveats:
        terms.append((w("method.caveats"), f"<ul>{''.join(tag('li', text) for text in caveats)}</ul>"))
    tags = " · ".join(
        text
        for text in (
            f"ODS {indicator.sdg}"
            if indicator.sdg and not english
            else f"SDG {indicator.sdg}"
            if indicator.sdg
            else "",
            indicator.iso or "",
        )
        if text
    )
    if tags:
        terms.append((w("method.tags"), tag("p", tags)))
    terms += [
        (w("method.source"), source_html(view, view.book.sources[one], is_folded=True)) for one in indicator.source_ids
    ]
    listed = "".join(f"<dt>{escape(term)}</dt><dd>{text}</dd>" for term, text in terms)
    return f'<dl class="obs-method obs-printopen">{listed}</dl>'


def source_html(view: View, source: SourceRow, *, is_folded: bool = False) -> str:
    """Publisher, dataset, licence, cut-off; how obtained and where it stands, on demand if `is_folded`."""
    w, lang = view.words, view.lang
    licence = escape(source.licence(lang))
    if source.licence_url:
        licence = f'<a href="{escape(source.licence_url)}" target="_blank" rel="noopener">{licence}</a>'
    more = (
        "" if view.page == "sources" else anchor(view.link("sources", src=source.source_id), w("method.about_source"))
    )
    cutoff, seen = escape(w.date(source.cutoff)), escape(w(f"confidence.{source.confidence}"))
    facts = f"{w('method.licence')}: {licence} · {w('method.cutoff')}: {cutoff} · {seen}" + (more and f" · {more}")
    place = f'<p class="obs-note">{_place(source, lang)}</p>'
    obtained = tag("p", source.obtained_note(lang), "obs-note") + place
    return (
        f"<p><strong>{escape(source.publisher)}</strong>. {escape(source.dataset(lang))}.</p>"
        f'<p class="obs-note">{facts}</p>{folded(w("method.obtained"), obtained) if is_folded else obtained}'
    )


def _place(source: SourceRow, lang: Lang) -> str:
    """Where the figures stand: the address, else in words."""
    if not source.url:
        return escape(source.found_at(lang))
    return f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{escape(source.url)}</a>'


def citation(view: View, indicator: IndicatorRow, link: str) -> str:
    """Text to quote the figures by, with edition and link."""
    source = view.book.sources[indicator.source_id]
    return view.words(
        "method.citation",
        publisher=source.publisher.removesuffix("."),
        dataset=source.dataset(view.lang),
        cutoff=view.words.date(source.cutoff),
        name=indicator.name(view.lang),
        edition=view.book.edition_id,
        link=link,
    )

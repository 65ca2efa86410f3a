"""The journey of a link: copied on each page, opened after the data changed, as quoted, current, and the difference."""

from __future__ import annotations

from playwright.sync_api import Browser

from observatory.links import LIST_MARK, short_code
from observatory.wording import words
from tests.browser.conftest import DRAWN, PAGES, Reader, Served, window
from tests.editions_apart import books

W = words("en")
AGENDA = LIST_MARK.join(
    short_code(page, query) for page, query in (("overview", {}), ("indicator", {"ind": "feels_safe"}))
)
# What is opened on each page, and whether the newer edition says something else there.
VIEWS = {
    "overview": ("", True),
    "theme": ("theme=quality_of_life", True),
    "indicator": ("ind=feels_safe", True),
    "map": ("ind=homicide_rate", True),
    "territory": ("loc=03", True),
    "compare": ("tab=rank&ind=homicide_rate", True),
    "plan": ("plan=pdd", True),
    "receipt": ("ind=feels_safe&loc=00&t=2024", True),
    "changes": ("", True),
    "sources": ("", True),
    "briefing": (f"agenda={AGENDA}&title=Meeting", True),
}
SAID = """() => [...document.querySelectorAll('.obs-canvas')].map(part => {
        const said = part.cloneNode(true);
        const around = '.obs-head, .obs-banner, .obs-foot, .obs-share, style, script';
        said.querySelectorAll(around).forEach(one => one.remove());
        return said.textContent;
    }).join('\\n').replaceAll(/\\s+/g, ' ')"""


def copied(reader: Reader) -> str:
    """What the button puts on the clipboard."""
    reader.page.get_by_role("button", name=W("share.copy"), exact=True).click()
    reader.page.get_by_text(W("share.copied")).wait_for(timeout=DRAWN)
    return str(reader.page.evaluate("() => navigator.clipboard.readText()"))


def test_every_page_is_in_the_journey() -> None:
    assert set(VIEWS) == set(PAGES)


def test_a_link_of_each_page_shows_what_was_quoted_what_is_now_and_the_difference(
    browser: Browser, served: Served
) -> None:
    before, after = books()
    permissions = ["clipboard-read", "clipboard-write"]
    with window(browser, served.url, permissions=permissions) as reader:
        quoted = {}
        for name, (query, _) in VIEWS.items():
            reader.open(f"/{name}?lang=en&{query}")
            quoted[name] = (copied(reader), reader.page.evaluate(SAID))
        served.publish(after.edition_id)
        for name, (link, said) in quoted.items():
            assert f"asof={before.edition_id}" in link, name
            reader.open(link.removeprefix(served.url))
            assert reader.page.evaluate(SAID) == said, name
            pinned = W("edition.pinned", date=W.date(before.edition.built_on))
            banner = reader.page.locator(".obs-banner").filter(has_text=pinned)
            assert banner.count() == 1, name
            banner.get_by_role("link", name=W("edition.newest")).click()
            reader.page.wait_for_function("() => !location.search.includes('asof')")
            banner.wait_for(state="detached", timeout=DRAWN)
            reader.settle()
            assert (reader.page.evaluate(SAID) != said) == VIEWS[name][1], name
            reader.open(link.removeprefix(served.url))
            reader.page.locator(".obs-banner").get_by_role("link", name=W("edition.changed")).click()
            reader.page.wait_for_function("() => location.pathname == '/changes' && !location.search.includes('asof')")
            title = W("changes.title", date=W.date(before.edition.built_on))
            reader.page.wait_for_function("text => document.querySelector('h1')?.innerText === text", arg=title)
            reader.settle()
            assert reader.page.locator(".obs-changes li").count() > 0, name
        assert reader.errors == []
        assert reader.outside == []


def test_the_quoted_figure_the_current_one_and_the_difference_are_named(browser: Browser, served: Served) -> None:
    before, after = books()
    served.publish(after.edition_id)
    with window(browser, served.url) as reader:
        page = reader.open(f"/indicator?lang=en&ind=feels_safe&asof={before.edition_id}")
        assert "42.0" in page.locator(".obs-key").inner_text()
        page.get_by_role("link", name=W("edition.newest")).click()
        page.wait_for_function("() => !location.search.includes('asof')")
        page.wait_for_selector(".obs-key >> text=43.0", timeout=DRAWN)
        page = reader.open(f"/indicator?lang=en&ind=feels_safe&asof={before.edition_id}")
        page.get_by_role("link", name=W("edition.changed")).click()
        page.wait_for_url("**/changes?*")
        reader.settle()
        told = page.locator(".obs-changes").first.inner_text()
        assert "42.0" in told
        assert "43.0" in told


def test_a_number_of_a_card_opens_its_receipt_and_the_card_its_indicator(reader: Reader) -> None:
    page = reader.open("/overview?lang=en")
    card = page.locator(".obs-card").first
    card.locator(".obs-value a").click()
    page.wait_for_url("**/receipt?*")
    reader.open("/overview?lang=en")
    box = card.bounding_box()
    assert box is not None
    card.click(position={"x": box["width"] - 6, "y": box["height"] - 6})
    page.wait_for_url("**/indicator?*")

"""What leaves the printer, and what a reader by keyboard or with little patience for motion sees, in a real browser."""

import io

import pytest
from pypdf import PdfReader


# central and long, rural and full of absences, in both languages
@pytest.mark.parametrize("place", ["01", "08", "11", "20"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_locality_prints_on_one_page(reader, place, lang):
    page = reader.open(f"/territory?lang={lang}&loc={place}")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 less its margins
    assert page.evaluate(CUT) == []


# cells whose text is wider than they are
CUT = """() => [...document.querySelectorAll(".obs-sheet :is(th, td)")]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_shows_where_the_keyboard_is(reader, scheme):
    reader.page.emulate_media(color_scheme=scheme)
    page = reader.open("/sources?lang=es&src=sdm_mobility_survey_2019")
    hidden = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)
        hidden.add(page.evaluate(WITHOUT_RING))
    assert hidden <= {""}


# the focused element's tag where neither it nor the box around it has an outline
WITHOUT_RING = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return "";
    const rung = [one, one.parentElement].some(box => parseFloat(getComputedStyle(box).outlineWidth) > 1
        && getComputedStyle(box).outlineStyle !== "none");
    const around = getComputedStyle(one, "::after").outlineStyle !== "none";
    return rung || around ? "" : one.tagName + " " + (one.getAttribute("aria-label") || one.innerText || "");
}"""


def test_nothing_moves_for_who_asks_for_stillness(reader):
    reader.page.emulate_media(reduced_motion="reduce")
    page = reader.open("/?lang=en")
    slow = page.evaluate(MOVING)
    assert slow == []


# what takes longer than a moment to change
MOVING = """() => [...document.querySelectorAll(".stApp *")].filter(one => {
    const look = getComputedStyle(one);
    const times = `${look.transitionDuration},${look.animationDuration}`.split(",");
    return times.some(time => parseFloat(time) > 0.01);
}).map(one => one.tagName + "." + one.className)"""


def test_a_card_is_filled_by_its_course(reader):
    page = reader.open("/?lang=es")
    for spark in page.locator(".obs-card .obs-spark").all():
        card, drawn = spark.locator("xpath=ancestor::div[@class='obs-card']").bounding_box(), spark.bounding_box()
        assert drawn["width"] > 0.8 * card["width"]

"""A chart is a picture until it is pointed at; then plotly answers, with the same figure."""

import json

import pytest

CITY = "/indicator?ind=homicide_rate&lang=es"
PICTURE = ".obs-live .obs-wide svg[role=img]"
LIVE = ".obs-live[data-live=drawn] .obs-plot"


def point_at(page, index=0):
    """Put the pointer on the last point of a drawn line."""
    point = page.locator(f"{LIVE} .scatterlayer .trace").nth(index).locator("path.point").last
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def bring_alive(page):
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector(LIVE, timeout=20_000)
    return box


def test_plotly_comes_when_it_is_asked_for_and_not_before(reader):
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url) if "plotly" in request.url.lower() else None)
    page = reader.open(CITY)
    assert page.locator(PICTURE).is_visible()
    assert asked == []
    box = bring_alive(page)
    assert len(asked) == 1
    plot = page.locator(f"{LIVE} .main-svg").first.bounding_box()
    assert plot["x"] == pytest.approx(box["x"], abs=1)
    assert plot["width"] == pytest.approx(box["width"], abs=2)
    assert plot["height"] == pytest.approx(box["height"], abs=2)
    assert page.locator(PICTURE).evaluate("one => getComputedStyle(one).visibility") == "hidden"
    assert not reader.errors
    assert not reader.outside


def test_pointing_at_a_value_says_it(reader):
    page = reader.open(CITY)
    said = json.loads(page.locator(".obs-live .obs-wide script").text_content())
    trace = next(one for one in said["data"] if one.get("hoverinfo") == "text" and len(one["x"]) > 1)
    bring_alive(page)
    index = page.locator(f"{LIVE} .scatterlayer .trace").evaluate_all(
        "(all, wanted) => all.findIndex(one => one.querySelectorAll('path.point').length === wanted)", len(trace["x"])
    )
    point_at(page, index)
    page.wait_for_selector(f"{LIVE} .hoverlayer .hovertext")
    shown = page.locator(f"{LIVE} .hoverlayer .hovertext").text_content()
    wanted = trace["hovertext"][-1].replace("<b>", "").replace("</b>", "").split("<br>")[0]
    assert wanted.replace(" ", "") in shown.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_live_chart_has_the_colours_of_the_page(reader, scheme):
    reader.page.emulate_media(color_scheme=scheme)
    page = reader.open(CITY)
    picture = page.locator(f"{PICTURE} path[fill=none]").last.evaluate("one => getComputedStyle(one).stroke")
    bring_alive(page)
    lines = page.locator(f"{LIVE} path.js-line").evaluate_all("all => all.map(one => getComputedStyle(one).stroke)")
    assert picture in lines


def test_another_choice_is_a_picture_again_and_paper_gets_the_picture(reader):
    page = reader.open(CITY)
    bring_alive(page)
    page.emulate_media(media="print")
    assert page.locator(PICTURE).evaluate("one => getComputedStyle(one).visibility") == "visible"
    assert not page.locator(LIVE).is_visible()
    page.emulate_media(media="screen")
    page.locator(".obs-langs a[hreflang=en]").click()
    page.wait_for_selector("h1:has-text('homicide')")
    assert page.locator(PICTURE).is_visible()
    page.wait_for_function("!document.querySelector('.obs-plot')")


def test_a_narrow_page_shows_the_narrow_picture(phone):
    page = phone.open(CITY)
    assert page.locator(".obs-live .obs-narrow svg[role=img]").is_visible()
    assert not page.locator(PICTURE).is_visible()


def test_without_plotly_the_picture_stays(reader):
    reader.page.route("**/plotly-*.js", lambda route: route.abort())
    page = reader.open(CITY)
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 100)
    page.wait_for_selector(".obs-live[data-live=failed]")
    assert page.locator(PICTURE).is_visible()

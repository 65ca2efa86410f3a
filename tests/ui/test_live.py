import json
import re

from observatory.charts import CONFIG
from observatory.charts.trend import trend
from observatory.ui import assets
from observatory.ui.adaptive import adaptive_look
from observatory.ui.live import WIDTHS, live_chart, plotly_script
from observatory.wording import words
from tests import drawing


def drawn(label: str = "a label", lang: str = "es") -> tuple[str, dict[int, dict]]:
    figures = {}

    def draw(width: int) -> dict:
        rows, look = drawing.city_rates(), adaptive_look()
        figures[width] = trend(drawing.indicator(), rows, look, words(lang), names=drawing.NAMES, height=width // 3)
        return figures[width]

    return live_chart(draw, adaptive_look(), label), figures


def told(html: str) -> list[dict]:
    found = re.findall(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(text) for text in found]


def test_a_chart_is_a_picture_for_each_width_with_its_figure():
    html, figures = drawn()
    assert html.count('role="img" aria-label="a label"') == len(WIDTHS)
    for (name, width), said in zip(WIDTHS.items(), told(html), strict=True):
        assert f'class="obs-{name}"' in html
        assert f'viewBox="0 0 {width} ' in html
        assert said == json.loads(json.dumps({**figures[width], "config": CONFIG}))


def test_nothing_in_a_figure_ends_its_script():
    html, _ = drawn()
    closes = [match.start() for match in re.finditer("</script>", html)]
    assert len(closes) == len(WIDTHS)
    assert "<b>" not in "".join(re.findall(r'json">(.*?)</script>', html, re.DOTALL))


def test_plotly_is_served_compressed_under_a_name_that_says_its_version():
    name, path = plotly_script()
    served = assets.Assets()
    assert re.fullmatch(r"js/plotly-[\d.]+\.min\.js", name)
    assert name in served
    assert f"/static/{name}" in drawn()[0]
    assert len(served.get(name, "br").body) < path.stat().st_size / 3

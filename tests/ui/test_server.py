import asyncio
import gzip
import json
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from streamlit import config

from observatory.errors import EditionError
from observatory.ui import assets, remembered, server, shell
from observatory.wording import Words

ROOT = Path(__file__).resolve().parents[2]
PAGES = frozenset({"overview", "indicator", "map"})


def ask(path="/", *, query="", method="GET", application=None, **headers):
    """Status, headers and body of one request to the front door; what it passes on is answered with 299."""
    sent = []

    async def inner(scope, receive, send):
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"inner"})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
    scope["headers"] = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    door = application or server.FrontDoor(inner, assets=assets.Assets(), pages=PAGES)
    asyncio.run(door(scope, None, send))
    found = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


# ---- language -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accepted", "expected"),
    [
        ("lang=en", "es-CO,es;q=0.9", "en"),
        ("ind=x&lang=es", "en", "es"),
        ("lang=fr", "en-GB,en;q=0.8", "en"),
        ("language=en", "", "es"),
        ("", "en-US,en;q=0.9,es;q=0.8", "en"),
        ("", "fr-FR,es;q=0.5,en;q=0.9", "en"),
        ("", "de", "es"),
        ("", "", "es"),
        ("", "en;q=nonsense,es;q=0.1", "es"),
    ],
)
def test_language_follows_the_link_then_the_browser_then_spanish(query, accepted, expected):
    assert shell.language(query, accepted) == expected


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_speaks_the_language(lang):
    status, headers, body = ask("/indicator", query=f"lang={lang}")
    text = body.decode()
    said, words = shell.WORDS[lang], Words(lang)
    assert status == 200
    assert headers["content-language"] == lang
    assert f'<html lang="{lang}">' in text
    assert f"<title>{words('nav.indicator')} · {words('app.name')}</title>" in text
    assert said.loading in text
    assert said.no_script in text
    assert 'name="theme-color"' in text


def test_both_languages_say_everything():
    for lang in shell.LANGUAGES:
        assert all(vars(shell.WORDS[lang]).values())


# ---- page -----------------------------------------------------------------------------------------------------------


def test_the_page_names_no_outside_address():
    for name in ("", *PAGES):
        outside = re.findall(r"https?://[^'\"\s]+", shell.page(name, "es").decode())
        assert set(outside) <= {"http://www.w3.org/2000/svg"}


def test_the_browser_is_told_to_refuse_outside_addresses():
    _, headers, _ = ask("/map", host="example.org:8501")
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "ws://example.org:8501" in policy
    assert not re.search(r"\bhttps?:", policy)


def test_a_forged_host_does_not_reach_the_policy():
    _, headers, _ = ask("/map", host="evil.org; script-src *")
    assert "evil" not in headers["content-security-policy"]


def test_every_file_of_the_page_is_there():
    for name in ("", *shell.ELEMENTS):
        files = re.findall(r'(?:src|href)="/(static/[^"]+)"', shell.page(name, "es").decode())
        assert len(files) > 40
        assert len(set(files)) == len(files)
        assert [file for file in files if not (assets.frontend_folder() / file).is_file()] == []


def test_elements_are_names_that_the_frontend_knows():
    """A new Streamlit may rename them; then pages load as before, but later."""
    for name in {*shell.EVERYWHERE, *(name for names in shell.ELEMENTS.values() for name in names)}:
        assert shell.files_of((name,)), name


def test_heavy_libraries_are_fetched_only_where_they_are_drawn():
    def heavy(name):
        return {word for word in ("PlotlyChart", "DeckGlJsonChart") if word in shell.page(name, "es").decode()}

    assert heavy("indicator") == set()  # its trend is a picture until it is pointed at
    assert heavy("map") == {"DeckGlJsonChart"}
    assert heavy("overview") == set()
    assert heavy("") == set()


def test_the_client_is_told_where_its_server_is():
    """Otherwise it asks `/<page>/_stcore/health` first: two 404 and a round trip on every deep link."""
    text = shell.page("map", "es", "/bogota").decode()
    assert 'BACKEND_BASE_URL: location.origin + "/bogota"' in text
    assert 'src="/bogota/static/js/' in text


def test_themes_of_the_first_html_are_those_of_the_configuration():
    themes = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    assert (themes["light"]["backgroundColor"], themes["light"]["textColor"]) == (shell.PAPER, shell.INK)
    assert (themes["dark"]["backgroundColor"], themes["dark"]["textColor"]) == (shell.PAPER_DARK, shell.INK_DARK)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("path", ["/nothing", "/indicator/foo", "/indicator/foo/bar", "/nothing/", "/a.png", "/%F0%9F"])
def test_an_address_without_a_page_is_told_so_in_the_language(path, lang):
    status, headers, body = ask(path, query=f"lang={lang}", accept_encoding="gzip")
    text, words = body.decode(), Words(lang)
    assert status == 404
    assert headers["content-language"] == lang
    assert f'<html lang="{lang}">' in text
    assert f"<h1>{words('lost.title')}</h1>" in text
    assert f'href="/overview?lang={lang}">{words("lost.summary")}' in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/indicador", "/indicator?lang=es"),
        ("/Mapa", "/map?lang=es"),
        ("/indicator/homicide_rate", "/indicator?ind=homicide_rate&amp;lang=es"),
        ("/indicator/foo/bar", "/indicator?lang=es"),
    ],
)
def test_the_page_that_may_have_been_meant_is_offered(path, meant):
    assert f'href="{meant}"' in ask(path, query="lang=es")[2].decode()


def test_what_a_lost_address_says_is_escaped():
    text = ask("/map/<script>alert(1)</script>")[2].decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_links_of_a_lost_address_stand_below_the_base(monkeypatch):
    monkeypatch.setattr(server, "base_path", lambda: "/bogota")
    status, _, body = ask("/bogota/indicator/foo", query="lang=es")
    assert status == 404
    assert 'href="/bogota/indicator?ind=foo&amp;lang=es"' in body.decode()
    assert ask("/elsewhere/foo")[0] == 299


def test_the_first_address_is_named_like_the_summary_where_it_leads():
    assert f"<title>{Words('en')('nav.overview')} · " in ask("/", query="lang=en")[2].decode()


def test_no_browser_stores_a_page_which_says_what_edition_is_current():
    _, headers, body = ask("/map")
    assert headers["cache-control"] == "no-store"
    assert "etag" not in headers
    assert f'<script data-stamp="{remembered.stamp()}">' in body.decode()


def test_head_sends_no_body():
    status, headers, body = ask("/map", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 1000


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/health"),
        ("GET", "/healthz"),
        ("GET", "/indicator/_stcore/health"),
        ("GET", "/indicator/"),
        ("GET", "/media/abc.csv"),
        ("GET", "/component/x/index.html"),
        ("GET", "/preview/map.png"),
        ("GET", "/feeds/changes.atom"),
        ("GET", "/favicon.png"),
        ("GET", "/static/js/none.js"),
        ("GET", "/static/../secret"),
        ("POST", "/indicator"),
    ],
)
def test_the_rest_goes_through(method, path):
    assert ask(path, method=method, accept_encoding="br")[0] == 299


def test_websockets_go_through():
    seen = []

    async def inner(scope, receive, send):
        seen.append(scope["type"])

    door = server.FrontDoor(inner, assets=assets.Assets(), pages=PAGES)
    asyncio.run(door({"type": "websocket", "path": "/_stcore/stream", "headers": []}, None, None))
    assert seen == ["websocket"]


# ---- files ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def script():
    return max(shell.entry_files()[1], key=lambda name: (assets.frontend_folder() / name).stat().st_size)


@pytest.mark.parametrize(("accepted", "unpack"), [("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress)])
def test_files_arrive_compressed_and_whole(script, accepted, unpack):
    status, headers, body = ask(f"/{script}", accept_encoding=accepted)
    plain = (assets.frontend_folder() / script).read_bytes()
    assert status == 200
    assert unpack(body) == plain
    assert len(body) < len(plain) / 3
    assert "immutable" in headers["cache-control"]
    assert headers["vary"] == "Accept-Encoding"
    assert headers["content-type"].startswith("text/javascript")


def test_a_browser_that_takes_no_compression_gets_the_plain_file(script):
    assert ask(f"/{script}")[0] == 299
    assert ask(f"/{script}", accept_encoding="br;q=0, gzip;q=0.0")[0] == 299


def test_an_unchanged_file_is_not_sent_again(script):
    _, headers, _ = ask(f"/{script}", accept_encoding="br")
    status, _, body = ask(f"/{script}", accept_encoding="br", if_none_match=headers["etag"])
    assert (status, body) == (304, b"")


def test_encodings_have_their_own_etag(script):
    assert len({ask(f"/{script}", accept_encoding=how)[1]["etag"] for how in ("br", "gzip")}) == 2


def test_the_store_is_filled_once_and_used(tmp_path):
    source = tmp_path / "source"
    (source / "js").mkdir(parents=True)
    (source / "js/one.js").write_text("const value = 1;\n" * 200, encoding="utf-8")
    (source / "js/tiny.js").write_text("1", encoding="utf-8")
    (source / "font.woff2").write_bytes(b"0" * 4000)
    files = assets.Assets(source, tmp_path / "store")
    steps = []
    assert files.names() == ["js/one.js"]
    assert files.prepare(lambda done, total: steps.append((done, total))) == 2
    assert steps == [(1, 2), (2, 2)]
    assert files.prepare(lambda done, total: steps.append((done, total))) == 0
    kept = (tmp_path / "store/js/one.js.br").read_bytes()
    assert files.get("js/one.js", "br").body == kept
    assert not list((tmp_path / "store").rglob("*.part"))


def test_without_a_store_files_are_compressed_on_demand(tmp_path):
    (tmp_path / "one.js").write_text("const value = 1;\n" * 200, encoding="utf-8")
    files = assets.Assets(tmp_path, tmp_path / "nowhere")
    assert gzip.decompress(files.get("one.js", "gzip").body) == (tmp_path / "one.js").read_bytes()
    with pytest.raises(KeyError):
        files.get("two.js", "br")


# ---- health and settings --------------------------------------------------------------------------------------------


def test_health_names_the_edition(monkeypatch):
    monkeypatch.setattr(server, "open_current", lambda _: SimpleNamespace(edition_id="2026-11-23-4f2a9c1"))
    answer = asyncio.run(server.health(None))
    assert (answer.status_code, json.loads(answer.body)["edition"]) == (200, "2026-11-23-4f2a9c1")


def test_health_says_why_there_is_nothing_to_show(monkeypatch):
    def missing(_):
        raise EditionError("no edition was built yet", fix="build one")

    monkeypatch.setattr(server, "open_current", missing)
    answer = asyncio.run(server.health(None))
    assert answer.status_code == 503
    assert "no edition was built yet" in json.loads(answer.body)["reason"]


def test_port_and_address_come_from_the_environment():
    assert server.listening({}) == ("127.0.0.1", 8501)
    assert server.listening({"PORT": "9000", "ADDRESS": "0.0.0.0"}) == ("0.0.0.0", 9000)


def test_the_collection_after_each_run_is_still_an_option_and_is_off():
    """A hidden option of Streamlit: 45 to 75 ms a rerun. If it goes, `gc.freeze()` in the server is what remains."""
    assert "runner.postScriptGC" in config._config_options_template
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False


def test_every_setting_is_one_that_streamlit_knows():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))

    def keys(table, prefix):
        for name, value in table.items():
            yield from keys(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name}"]

    assert [key for key in keys(settings, "") if key not in config._config_options_template] == []
    assert settings["browser"]["gatherUsageStats"] is False

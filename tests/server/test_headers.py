"""What every response says beside its page: policies, caches, conditional requests, hosts."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Fill
from django.http.response import HttpResponseBase
from django.test import Client
from doorway import DoorClient
from markup import Page
from processes import ROOT
from rendering import render

from capitals.models import FormerAddress, RecordState

pytestmark = pytest.mark.once


@pytest.fixture
def client() -> DoorClient:
    """What is asked comes to the door first, as on a server."""
    return DoorClient()


# One page of each kind of answer, with its status.
ANSWERS = {
    "/": 200,
    "/capitals/": 200,
    "/cities/lachin/": 200,
    "/events/?country=MD&year=1995": 200,
    "/search/?q=lachin": 200,
    "/sitemap.xml": 200,
    "/robots.txt": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/events.json": 200,
    "/data/wikidata.csv": 200,
    "/opensearch.xml": 200,
    "/search/suggest?q=gan": 200,
    "/ru/search/suggest?q=%D0%B3%D1%8F": 200,
    f"/search/suggest?q={'x' * 300}": 400,
    "/.well-known/security.txt": 404,
    "/capitals": 301,
    "/capitals/?year=abc": 400,
    "/search/?q=a": 400,
    "/nothing/": 404,
}
PROBES = ("/healthz", "/readyz")
PAGES = [address for address, status in ANSWERS.items() if status == 200]

POLICIES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CONTENT_SECURITY_POLICY = {
    "default-src 'none'",
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def has_policies(response: HttpResponseBase) -> bool:
    assert set(response["Content-Security-Policy"].split("; ")) == CONTENT_SECURITY_POLICY
    assert {name: response[name] for name in POLICIES} == POLICIES
    is_for_all = "Access-Control-Allow-Origin" in response or response.get("Content-Type") in {
        "image/svg+xml",
        "text/css; charset=utf-8",
    }
    assert response["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_for_all else "same-origin")
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in response["Permissions-Policy"].split(", ")
    return not response.cookies


def directives(response: HttpResponseBase) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in response["Cache-Control"].split(","))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_has_the_policies_and_no_cookie(address: str, client: Client, db: None) -> None:
    response = client.get(address)

    assert response.status_code == ANSWERS[address]
    assert has_policies(response)


def test_refusals_and_faults_have_the_policies_too(
    client: DoorClient, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    FormerAddress.objects.create(pk="/events/gone/", new_path="")
    page = client.get("/")
    answers = {
        304: client.get("/", headers={"If-None-Match": page["ETag"]}),
        400: client.get("/", headers={"host": "evil.example"}),
        404: client.get("/static/nothing.css"),
        405: client.post("/"),
        410: client.get("/events/gone/"),
    }
    monkeypatch.setattr("capitals.pages.programme.render", failing)
    answers[500] = client.get("/programme/")
    RecordState.objects.all().delete()
    answers[503] = Client().get("/")

    assert {status: answer.status_code for status, answer in answers.items()} == {one: one for one in answers}
    # A browser has them with the page that it keeps.
    del answers[304]
    assert all(has_policies(answer) for answer in answers.values())


def failing(*arguments: object, **named: object) -> None:
    raise RuntimeError


def test_static_files_have_the_policies_and_are_kept_for_ever_by_their_hashed_names(
    client: Client, db: None
) -> None:
    (style,) = Page(client.get("/").content.decode()).all("link", rel="stylesheet")
    address = style.attributes["href"]

    response = client.get(address)

    assert response.getvalue()
    assert re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", address)
    assert response["Content-Type"].startswith("text/css")
    assert has_policies(response)
    kept = directives(response)
    assert int(kept["max-age"]) > 30_000_000
    assert {"public", "immutable"} <= set(kept)


@pytest.mark.parametrize("address", [address for address in ANSWERS if address not in PROBES])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_caches_may_keep_an_answer_for_a_minute_at_most(
    address: str, method: str, client: Client, db: None
) -> None:
    kept = directives(client.generic(method, address))

    assert "public" in kept
    assert not {"private", "no-store", "immutable"} & set(kept)
    for asked_by_a_browser_or_another_cache in ("max-age", "s-maxage"):
        fresh = int(kept[asked_by_a_browser_or_another_cache])
        assert fresh > 0
        for stale in ("stale-while-revalidate", "stale-if-error"):
            assert 0 < fresh + int(kept[stale]) <= 60


@pytest.mark.parametrize("address", ANSWERS)
def test_asking_for_the_head_alone_tells_what_the_whole_would(address: str, client: Client, db: None) -> None:
    told = ("Content-Type", "Content-Language", "ETag", "Location", "Access-Control-Allow-Origin", "Link")
    whole, head = client.get(address), client.head(address)

    assert head.status_code == whole.status_code
    assert {name: head.get(name) for name in told} == {name: whole.get(name) for name in told}
    assert head.content == b""


def test_nobody_keeps_a_fault(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("capitals.pages.home.draw", fail)
    client = DoorClient()
    fault = client.get("/")
    RecordState.objects.all().delete()
    missing = Client().get("/")

    assert [fault.status_code, missing.status_code] == [500, 503]
    for response in (fault, missing):
        assert set(directives(response)) == {"no-store"}
        assert "ETag" not in response


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("encoding", ["", "gzip"], ids=["plain", "gzip"])
def test_a_reader_who_has_the_page_is_told_so_without_a_body(
    address: str, encoding: str, client: Client, db: None
) -> None:
    headers = {"Accept-Encoding": encoding} if encoding else {}
    first, second = (client.get(address, headers=headers) for _ in range(2))
    head = client.head(address, headers=headers)

    assert first["ETag"] == second["ETag"] == head["ETag"]
    assert first.content == second.content
    assert head.content == b""
    assert head["Content-Length"] == str(len(first.content))
    for method in ("GET", "HEAD"):
        told = client.generic(method, address, headers={**headers, "If-None-Match": first["ETag"]})
        assert told.status_code == 304
        assert told.content == b""
        assert told["ETag"] == first["ETag"]
        assert told.get("Cache-Control") == first["Cache-Control"]
        again = client.generic(method, address, headers={**headers, "If-None-Match": '"another"'})
        assert again.status_code == 200


def test_an_etag_is_of_the_bytes_that_are_sent(client: Client, db: None) -> None:
    seen: dict[str, bytes] = {}
    for address in PAGES:
        for encoding in ("", "gzip"):
            response = client.get(address, headers={"Accept-Encoding": encoding})
            assert seen.setdefault(response["ETag"], response.content) == response.content
    assert len(seen) == len(set(seen.values())) >= len(PAGES)


def test_an_etag_changes_with_the_page(client: Client, db: None) -> None:
    before = client.get("/capitals/")["ETag"]

    RecordState.objects.update(version="another")

    assert client.get("/capitals/")["ETag"] != before
    assert client.get("/capitals/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/cities/lachin/", "/sitemap.xml", "/nothing/", "/capitals/?year=abc"]
)
def test_pages_are_compressed_for_those_who_take_it(address: str, client: Client, db: None) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["Content-Length"] == str(len(packed.content))
    for response in (plain, packed):
        assert "Accept-Encoding" in response["Vary"]
        assert "Cookie" not in response["Vary"]
    if plain.status_code == 200:
        assert plain["ETag"] != packed["ETag"]


def test_the_mark_of_one_encoding_does_not_serve_for_the_other(client: Client, db: None) -> None:
    plain = client.get("/")["ETag"]

    packed = client.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": plain.removeprefix("W/")})

    assert packed.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "", "localhost:x", "[::1"])
def test_a_host_that_is_not_allowed_is_refused(host: str, client: Client, db: None) -> None:
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400
    assert "evil" not in response.content.decode()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"])
def test_this_machine_s_own_names_are_allowed(host: str, client: Client, db: None) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_absolute_addresses_come_from_the_setting_not_from_the_request(
    host: str, client: Client, db: None, settings: Any
) -> None:
    settings.SITE_URL = "https://capitals.example"

    page = Page(client.get("/capitals/?country=AZ", headers={"host": host}).content.decode())
    index = client.get("/sitemap.xml", headers={"host": host})
    sitemap = client.get("/sitemap-event.xml", headers={"host": host})
    robots = client.get("/robots.txt", headers={"host": host}).content.decode()

    assert page.one("link", rel="canonical").attributes["href"] == (
        "https://capitals.example/capitals/?country=AZ"
    )
    for response, fewest in ((index, 9), (sitemap, 300)):
        named = re.findall('<loc>(.*?)</loc>|href="(.*?)"', response.content.decode())
        assert len(named) >= fewest
        assert all("".join(place).startswith("https://capitals.example/") for place in named)
        assert response["Content-Type"].startswith("application/xml")
    assert "Sitemap: https://capitals.example/sitemap.xml" in robots.splitlines()
    assert "Disallow: /search/" in robots.splitlines()


def test_an_error_has_no_canonical_address(client: Client, db: None) -> None:
    response = client.get("/", headers={"host": "evil.example"})

    assert Page(response.content.decode()).all("link", rel="canonical") == []


RECORDS = [
    "/cities/lachin/",
    "/countries/azerbaijan/",
    "/capitals/2025/",
    "/events/lachin-2025-opening/",
    "/decisions/moscow-2024-10-08/",
    "/bodies/council-of-heads-of-state/",
    "/series/bulbul-international-vocalists-competition/",
    "/centres/azerbaijan-centre-rome/",
    "/sources/azernews-2025-06-04-lachin-round-table/",
]


@pytest.mark.parametrize("path", RECORDS)
def test_a_mistake_can_be_reported_with_address_and_version(
    path: str, client: Client, db: None, settings: Any
) -> None:
    settings.CORRECTIONS_EMAIL = "record+fix@example.org"
    settings.SITE_URL = "https://capitals.example"
    version = RecordState.objects.get().version

    page = Page(client.get(path).content.decode())

    (link,) = (link for link in page.main.hrefs if link.startswith("mailto:"))
    parts = urlsplit(link)
    assert parts.path == "record+fix@example.org"
    (body,) = parse_qs(parts.query)["body"]
    assert f"https://capitals.example{path}" in body
    assert version in body


@pytest.mark.parametrize("path", RECORDS)
def test_without_an_address_for_corrections_there_is_no_link(
    path: str, client: Client, db: None, settings: Any
) -> None:
    settings.CORRECTIONS_EMAIL = ""

    assert "mailto:" not in client.get(path).content.decode()


def test_behind_tls_plain_requests_are_redirected_and_the_rest_gets_hsts(
    fill: Fill, database_url: str
) -> None:
    """In a process of its own, through the serving entry point: settings are read once."""
    fill(ROOT / "fixtures")
    host = {"host": "capitals.example"}

    plain, forwarded, spoofed, *elsewhere, alive, ready = render(
        {"path": "/capitals/?year=2013", "headers": host},
        {"path": "/capitals/?year=2013", "headers": {**host, "x-forwarded-proto": "https"}},
        {"path": "/", "headers": {**host, "x-forwarded-proto": "http"}, "secure": True},
        {"path": "/", "headers": {"host": "evil.example", "x-forwarded-proto": "https"}},
        {"path": "/", "headers": {"host": "evil.example"}},
        {"path": "/healthz", "headers": {"host": "10.0.0.7:8000"}},
        {"path": "/readyz", "headers": {"host": ""}},
        BEHIND_TLS="1",
        ALLOWED_HOSTS="capitals.example",
        SITE_URL="https://capitals.example",
        DATABASE_URL=database_url,
        LOAD_DATABASE_URL="",
    )

    assert plain["status"] == 301
    assert plain["headers"]["Cache-Control"] == "no-store"
    assert plain["headers"]["Location"] == "https://capitals.example/capitals/?year=2013"
    assert "Strict-Transport-Security" not in plain["headers"]
    assert forwarded["status"] == 200
    assert "Gyumri" in forwarded["body"]
    # This host alone, unless told: others under its name are not ours to bind.
    assert forwarded["headers"]["Strict-Transport-Security"] == "max-age=31536000"
    assert spoofed["status"] == 301
    for refused in elsewhere:
        assert (refused["status"], refused["headers"]["Cache-Control"]) == (400, "no-store")
        assert set(POLICIES) < set(refused["headers"])
    # Who watches over the site knows neither its name nor its certificate.
    assert (alive["status"], alive["body"]) == (200, "ok\n")
    assert ready["status"] == 200


def test_subdomains_are_bound_to_tls_where_that_is_asked_for(fill: Fill, database_url: str) -> None:
    fill(ROOT / "fixtures")

    (page,) = render(
        {"path": "/", "headers": {"x-forwarded-proto": "https"}},
        BEHIND_TLS="1",
        HSTS_SUBDOMAINS="1",
        SITE_URL="https://127.0.0.1",
        DATABASE_URL=database_url,
        LOAD_DATABASE_URL="",
    )

    assert page["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_without_tls_there_is_neither_redirect_nor_hsts_whatever_a_reader_says(
    client: Client, db: None
) -> None:
    for told in ({}, {"X-Forwarded-Proto": "https"}, {"X-Forwarded-Host": "evil.example"}):
        response = client.get("/", headers=told)

        assert response.status_code == 200
        assert "Strict-Transport-Security" not in response


def test_the_policy_allows_what_the_pages_use(client: Client, db: None) -> None:
    """Every style sheet, picture and font that the style sheet names is ours."""
    root = ROOT / "static"
    for sheet in root.rglob("*.css"):
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", sheet.read_text()):
            assert not re.match(r"(?:https?:)?//|data:", address), address
        assert "@import" not in sheet.read_text()

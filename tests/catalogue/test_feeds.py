"""The feeds say what the files are, and lead to them; read by parsers of others."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from tests.catalogue.conftest import ADDRESS, SERIES, write_lakes
from tests.publishing.outputs import build, bytes_of, manifest_of

OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
TITLES = ["Lake Balkhash & more", "バルハシ湖", "Lake Aral & more"]
NEWEST_FIRST = ["balkhash.en", "balkhash.ja", "aral.en"]


def read(output: Path, name: str) -> Any:  # feedparser has no types
    feed = feedparser.parse((output / name).read_bytes())
    assert feed.bozo is False, feed.get("bozo_exception")
    return feed


def opds2(output: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((output / "opds.json").read_bytes())
    return data


def type_of(data: bytes) -> str:
    """The type of a file, by what is in it."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK"):
        return zipfile.ZipFile(io.BytesIO(data)).read("mimetype").decode()
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    assert data.lower().startswith(b"<!doctype html>")
    return "text/html"


def downloads(output: Path) -> Iterator[tuple[str, str, str, int]]:
    """Where each list leads to for reading: the list, the path, type and length that it says."""
    for name in ("feed.xml", "opds.xml"):
        for entry in read(output, name).entries:
            for link in entry.links:
                if link.rel in {OPEN_ACCESS, "enclosure"}:
                    yield name, link.href, link.type, int(link.length)
    for publication in opds2(output)["publications"]:
        for link in publication["links"]:
            assert link["rel"] == OPEN_ACCESS
            yield "opds.json", link["href"], link["type"], link["size"]


def test_each_download_is_there_as_it_is_said_to_be(output: Path) -> None:
    found: dict[str, set[str]] = {"feed.xml": set(), "opds.xml": set(), "opds.json": set()}
    for name, path, media_type, length in downloads(output):
        data = (output / path).read_bytes()
        assert (len(data), type_of(data)) == (length, media_type), (name, path)
        found[name].add(path)
    files = {f["path"] for e in manifest_of(output) for f in e["files"].values()}
    readable = {path for path in files if not path.endswith(".cover.png")}
    assert found["opds.xml"] == found["opds.json"] == readable
    assert found["feed.xml"] == {path for path in readable if not path.endswith(".html")}


def test_each_cover_is_there_as_it_is_said_to_be(output: Path) -> None:
    images = [each["images"][0] for each in opds2(output)["publications"]]
    for image in images:
        data = (output / image["href"]).read_bytes()
        assert type_of(data) == image["type"] == "image/png"
        size = [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)]  # IHDR
        assert size == [image["width"], image["height"]]
        assert image["height"] == 480
        assert len(data) < 15_000
    in_opds1 = [
        [link.href for link in entry.links if "image" in link.rel]
        for entry in read(output, "opds.xml").entries
    ]
    assert in_opds1 == [[image["href"]] * 2 for image in images]


def test_reading_apps_are_told_what_an_edition_is(output: Path) -> None:
    old, new = read(output, "opds.xml"), opds2(output)
    assert [entry.title for entry in old.entries] == TITLES
    assert [each["metadata"]["title"] for each in new["publications"]] == TITLES
    known = new["publications"][0]["metadata"]
    assert known["author"] == {"name": "An author"}
    assert known["publisher"] == {"name": "A publisher"}
    assert known["belongsTo"] == {"series": {"name": "Lakes"}}
    assert (known["published"], known["modified"]) == ("2002-03-04", "2002-03-04T00:00:00Z")
    assert (known["language"], known["numberOfPages"]) == ("en", 3)
    assert known["accessibility"]["accessModeSufficient"] == [["textual"]]
    entry = old.entries[0]
    assert (entry.author, entry.dcterms_publisher, entry.dcterms_language) == (
        *("An author", "A publisher", "en"),
    )
    assert entry.summary == known["description"] == "The first paragraph."
    replaces = [each.get("dcterms_replaces") for each in old.entries]
    assert replaces == ["L 1", "L 1", None]


def test_an_edition_has_the_identifier_of_its_epub(output: Path) -> None:
    named = {"dc": "http://purl.org/dc/elements/1.1/"}
    for name, entry, each in zip(
        NEWEST_FIRST, read(output, "opds.xml").entries, opds2(output)["publications"], strict=True
    ):
        epub = zipfile.ZipFile(output / name.partition(".")[0] / f"{name}.epub")
        package = etree.fromstring(epub.read("EPUB/content.opf"))
        identifier = package.findtext(".//dc:identifier", None, named)
        assert identifier == entry.id == each["metadata"]["identifier"] == entry.dcterms_identifier


# The feed


def test_the_feed_tells_the_newest_first(output: Path) -> None:
    feed = read(output, "feed.xml")
    assert (feed.feed.title, feed.feed.updated) == ("Lakes", "2002-03-04T00:00:00Z")
    assert [entry.title for entry in feed.entries] == [
        *("Lake Balkhash & more (L 2)", "バルハシ湖 (L 2)", "Lake Aral & more (L 1)"),
    ]
    assert [entry.link for entry in feed.entries] == [
        f"{name.partition('.')[0]}/{name}.html" for name in NEWEST_FIRST
    ]
    assert all(entry.link and (output / entry.link).is_file() for entry in feed.entries)


def ids_and_times(output: Path) -> dict[str, tuple[str, str]]:
    return {e.link: (e.id, e.updated) for e in read(output, "feed.xml").entries}


@pytest.mark.parametrize(
    ("edit", "is_another", "is_later"),
    [
        (("The first paragraph", "Another"), False, False),
        (("issued: 2001-02-03", "issued: 2003-01-01"), False, True),
        (("number: L 1", "number: L 9"), True, False),
    ],
    ids=["other words", "another day", "another number"],
)
def test_who_subscribes_sees_a_new_number_as_new_and_another_day_as_a_change(
    lakes: Path, edit: tuple[str, str], is_another: bool, is_later: bool
) -> None:
    output = lakes.parent / "out"
    assert build(lakes, output, "aral").exit_code == 0
    (before,) = ids_and_times(output).values()
    for file in (lakes / "aral").iterdir():
        file.write_text(file.read_text().replace(*edit))
    assert build(lakes, output, "aral").exit_code == 0
    (after,) = ids_and_times(output).values()
    assert (after[0] != before[0]) is is_another
    assert (after[1] > before[1]) is is_later


def test_an_id_is_given_once(output: Path) -> None:
    for name in ("feed.xml", "opds.xml"):
        feed = read(output, name)
        ids = [feed.feed.id, *(entry.id for entry in feed.entries)]
        assert len({*ids}) == len(ids)
        assert all(id_.startswith("urn:uuid:") for id_ in ids)


def test_no_list_knows_the_time_of_the_build(lakes: Path) -> None:
    """Which is given here, and stands in the files instead of the date of issue."""
    outputs = [lakes.parent / f"{n}" for n in (1, 2)]
    for output in outputs:
        assert build(lakes, output).exit_code == 0
    first, second = map(bytes_of, outputs)
    assert first == second


# With and without an address


def test_without_an_address_nothing_is_absolute(output: Path) -> None:
    for name in ("index.html", "feed.xml", "opds.xml", "opds.json"):
        root = (output / name).read_text("utf-8")
        assert 'href="http' not in root
        assert '"href": "http' not in root
    assert not (output / "sitemap.xml").exists()


def test_at_an_address_the_feeds_are_absolute(at_an_address: Path) -> None:
    for name in ("feed.xml", "opds.xml"):
        feed = read(at_an_address, name)
        links = [*feed.feed.links, *(link for e in feed.entries for link in e.links)]
        assert all(link.href.startswith(f"{ADDRESS}/") for link in links)
        assert f"{ADDRESS}/{name}" in [link.href for link in feed.feed.links if link.rel == "self"]
    data = opds2(at_an_address)
    links = [*data["links"], *(link for p in data["publications"] for link in p["links"])]
    assert all(link["href"].startswith(f"{ADDRESS}/") for link in links)
    assert data["links"][0]["href"] == f"{ADDRESS}/opds.json"
    index = (at_an_address / "index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}/"/>' in index


def test_the_sitemap_has_each_page_and_its_languages(at_an_address: Path) -> None:
    root = etree.parse(at_an_address / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {
        url.findtext(f"{space}loc"): [
            (link.get("hreflang"), link.get("href"))
            for link in url.iter("{http://www.w3.org/1999/xhtml}link")
        ]
        for url in root
    }
    balkhash = [(x, f"{ADDRESS}/balkhash/balkhash.{x}.html") for x in ("en", "ja")]
    assert found == {
        f"{ADDRESS}/": [],
        f"{ADDRESS}/aral/aral.en.html": [],
        **dict.fromkeys((href for _, href in balkhash), balkhash),
    }
    times = [url.findtext(f"{space}lastmod") for url in root]
    assert times == ["2002-03-04T00:00:00Z", "2001-02-03T00:00:00Z", *["2002-03-04T00:00:00Z"] * 2]


def test_a_sitemap_goes_with_the_address(tmp_path: Path) -> None:
    content = write_lakes(tmp_path / "content", f"{SERIES}address: {ADDRESS}/\n")
    output = tmp_path / "out"
    assert build(content, output, "aral").exit_code == 0
    assert f"<loc>{ADDRESS}/aral/aral.en.html</loc>" in (output / "sitemap.xml").read_text()
    (content / "series.yaml").write_text(SERIES)
    assert build(content, output, "aral").exit_code == 0
    assert not (output / "sitemap.xml").exists()
    assert "sitemap" not in (output / "SHA256SUMS").read_text()


def test_a_file_by_the_name_of_a_list_that_is_not_ours_is_left(lakes: Path) -> None:
    output = lakes.parent / "out"
    output.mkdir()
    (output / "sitemap.xml").write_text("mine")
    assert build(lakes, output, "aral").exit_code == 0
    assert (output / "sitemap.xml").read_text() == "mine"

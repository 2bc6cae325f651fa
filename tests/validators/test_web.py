"""axe-core, Chromium, Nu and schema-dts each notice a web page that is broken where they look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validators.conftest import Ask, ask_about, change
from validators import nu, structured_data, web

pytestmark = pytest.mark.slow

CHANGES = {
    "</head>": "<style>@media (prefers-color-scheme: dark) { h1 { color: #444 } }</style></head>",
    "<h2 ": '<h2 style="color: #bbb" ',
    ' alt="A blue square"': "",
    '<p class="by">': '<p class="by" style="min-width: 30rem">',
    "<li>It is short.": '<li style="clip-path: inset(50%)">It is short.',
    "<li>It is clear.": '<li class="scripted">It is clear.',
    'href="#texts">the texts': 'href="#nowhere">the texts',
    "</main>": '<img src="https://example.org/a.png" alt="A"><img src="b.png" alt="B"></main>',
    "</body>": (
        "<style>.scripted { visibility: hidden }</style><script>"
        'document.querySelector(".scripted").style.visibility = "visible";'
        'fetch("https://example.org/c");</script></body>'
    ),
}

AXE = [
    "image-alt (critical), 1 times, first at .drawn",
    "color-contrast (serious), 1 times, first at #title-summary: Fix any of the following: "
    "Element has insufficient color contrast of 1.",
    "color-contrast (serious), 1 times, first at h1",
]
ALONE = [
    "it asks for https://example.org/a.png",
    "b.png",
    "it asks for https://example.org/c (320 px, with script; 1280 px, with script)",
    "<li> isn't shown: It is short.",
    "<li> isn't shown: It is clear. (320 px, without script; 1280 px, without script)",
    "nothing is at #nowhere: the texts",
    "a picture isn't shown: B",
    "px wide (WCAG 1.4.10) (320 px, with script; 320 px, without script)",
]
NU = ["A “style” element in “body” must be the first child of its parent."]


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (web.ask_axe, AXE),
        (web.ask_alone, ALONE),
        (nu.ask_about_pages, NU),
    ],
)
def test_what_is_broken_is_named(ask: Ask, expected: list[str], note: Path, tmp_path: Path) -> None:
    whole = (note / "note.en.html").read_bytes()
    artefacts = {"whole.html": whole, "broken.html": change(whole, CHANGES)}
    said = ask_about(ask, tmp_path, artefacts)
    assert said.of("whole.html") == []
    for message in expected:
        assert said.notices("broken.html", message), "\n".join(said.of("broken.html"))


def test_only_an_index_asks_for_covers_and_only_for_those_below_it(
    note: Path, tmp_path: Path
) -> None:
    whole = (note / "note.en.html").read_bytes()
    cover = Path(__file__).parents[1] / "formats" / "content" / "specimen" / "map.png"
    folder = tmp_path / "output"
    (folder / "note").mkdir(parents=True)
    for place in (folder / "note" / "note.en.cover.png", tmp_path / "other.cover.png"):
        place.write_bytes(cover.read_bytes())
    names = ("note/note.en.cover.png", "../other.cover.png", "note/note.en.png")
    pictures = "".join(f'<img src="{name}" alt="A">' for name in names)
    shown = change(whole, {"</main>": f"{pictures}</main>"})
    said = ask_about(web.ask_alone, folder, {"index.html": shown, "note.html": shown})
    asked = {
        page: [name for name in names if said.notices(page, "it asks for", Path(name).name)]
        for page in ("index.html", "note.html")
    }
    assert asked == {"index.html": list(names[1:]), "note.html": list(names)}


def test_linked_data_is_held_to_the_vocabulary(note: Path, tmp_path: Path) -> None:
    whole = (note / "note.en.html").read_bytes()
    changes = {
        "property.html": {'"@type": "Report"': '"@type": "Report", "colour": "red"'},
        "within.html": {'"@type": "Person"': '"@type": "Person", "title": "Ms"'},
        "type.html": {'"@type": "CreativeWorkSeries"': '"@type": "CreativeWorkSerial"'},
        "range.html": {'"author": {': '"about": 5, "author": {'},
        "date.html": {'"datePublished": "': '"datePublished": "about '},
        "broken.html": {'{"@context"': '{{"@context"'},
        "none.html": {"application/ld+json": "application/json"},
    }
    artefacts = {name: change(whole, change_) for name, change_ in changes.items()}
    said = ask_about(structured_data.ask_compiler, tmp_path, {"whole.html": whole, **artefacts})
    assert said.of("whole.html") == []
    assert said.notices("property.html", "'\"colour\"' does not exist in type")
    assert said.notices("within.html", "'\"title\"' does not exist in type")
    assert said.notices("type.html", "Type '\"CreativeWorkSerial\"' is not assignable")
    assert said.notices("range.html", "Types of property '\"about\"' are incompatible")
    assert said.notices("date.html", "datePublished holds 'about", "which is no date")
    assert said.notices("broken.html", "its JSON-LD isn't JSON")
    assert said.notices("none.html", "there is no JSON-LD in it")

"""What the web page says to machines, in JSON-LD with the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.conftest import Briefpress
from tests.formats.conftest import Published


def linked_data(file: Path) -> dict[str, Any]:
    script = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', file.read_text("utf-8"), re.DOTALL
    )
    assert script is not None
    data: dict[str, Any] = json.loads(script[1])
    return data


SERIES = {
    "@type": "CreativeWorkSeries",
    "name": "Specimens & <others>",
    "identifier": "urn:uuid:6f2a5f5e-58a9-5d6f-8a3e-5a1f2c0d9b11",
}
PRESS = {"@type": "Organization", "name": 'The "Press"'}


def test_it_says_what_the_briefing_is(published: Published) -> None:
    data = linked_data(published("specimen.en", "html"))
    described = {name: value for name, value in data.items() if not name.startswith("access")}
    assert described == {
        "@context": "https://schema.org",
        "@type": "Report",
        "identifier": "urn:uuid:5cdc30c8-fd57-5983-b9c8-4cc50ac79661",
        "name": "A specimen of every block & more",
        "alternativeHeadline": "With <angles>, “quotes” and July\u2009–\u2009August 1997",
        "abstract": "It began on 28 December 1991, went on in May 1992 and ended later.",
        "inLanguage": "en-GB",
        "reportNumber": "S & 1",
        "datePublished": "2001-02-03",
        "author": {"@type": "Organization", "name": "Doe & Sons </script>"},
        "publisher": PRESS,
        "isPartOf": SERIES,
        "conditionsOfAccess": "Public <draft>",
        "mentions": [
            {"@type": "Person", "name": "Jane Doe"},
            {"@type": "Person", "name": "Tanaka Hanako"},
            {"@type": "Place", "name": "Japan"},
            {"@type": "Place", "name": "Kazakhstan"},
            {"@type": "Place", "name": "Singapore"},
            {"@type": "Place", "name": "The Bay"},
        ],
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "A Book of “Visits” & Returns",
                "creditText": "Doe, Jane",
                "publisher": {"@type": "Organization", "name": "The Press"},
                "datePublished": "1990-03",
                "url": "https://example.org/book?a=1&b=2",
            },
            {"@type": "CreativeWork", "name": "A Page"},
        ],
    }


def test_it_says_so_in_the_language_of_the_page(published: Published) -> None:
    data = linked_data(published("specimen.ja", "html"))
    assert (data["name"], data["inLanguage"]) == ("すべてのブロックの見本", "ja-JP")
    assert data["isPartOf"] == SERIES
    assert data["identifier"] != linked_data(published("specimen.en", "html"))["identifier"]


def test_it_keeps_silent_on_what_isnt_known(briefpress: Briefpress, content: Path) -> None:
    output = content.parent / "out"
    command = ("build", "alpha", "--content", content, "--output", output, "--format", "html")
    assert briefpress(*command).returncode == 0
    data = linked_data(output / "alpha" / "alpha.en.html")
    known = {"identifier", "name", "abstract", "inLanguage", "reportNumber", "datePublished"}
    assert {name for name in data if not name.startswith(("@", "access"))} == known | {"isPartOf"}


def test_it_cannot_end_the_script_that_it_stands_in(published: Published) -> None:
    html = published("specimen.en", "html").read_text("utf-8")
    assert html.count("<script") == html.count("</script") == 1

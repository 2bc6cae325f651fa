"""Whatever a finished document would load or run is named; what belongs to it is let pass."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from lxml import html

from briefpress.proof.active import active_in, loaded_by_css
from briefpress.proof.readers import read_epub

PART = "style.css"


def named(markup: str) -> list[str]:
    return list(active_in(html.document_fromstring(markup), lambda url: url == PART))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>1</script>",
        '<script src="data:,1"></script>',
        '<script type="module">1</script>',
        '<p onclick="1">',
        '<p ONMOUSEOVER="1">',
        '<a href="javascript:1">a</a>',
        '<a href=" javascript:1">a</a>',
        '<a href="java&#10;script:1">a</a>',
        '<a href="data:text/html,a">a</a>',
        '<a href="file:///etc/passwd">a</a>',
        '<a href="vbscript:1">a</a>',
        '<a href="//example.org/">a</a>',
        '<a ping="https://example.org/" href="#a">a</a>',
        '<img src="https://example.org/a.png">',
        '<img src="a.png">',
        '<img src="data:text/html;base64,AAAA">',
        '<img srcset="https://example.org/a.png 2x">',
        '<source srcset="data:image/png;base64,AAAA">',
        '<video><source srcset="data:image/png;base64,AAAA"></video>',
        '<picture><source srcset="https://example.org/a.png"></picture>',
        '<picture><source srcset="data:image/png;base64,AAAA, //example.org/a.png 2x"></picture>',
        '<picture><source src="https://example.org/a.png"></picture>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="preload" href="style.css">',
        '<link rel="icon" href="https://example.org/a.ico">',
        '<iframe src="about:blank"></iframe>',
        '<iframe srcdoc="a"></iframe>',
        '<object data="a"></object>',
        '<embed src="a">',
        '<base href="https://example.org/">',
        '<meta http-equiv="refresh" content="0; url=https://example.org/">',
        '<form action="https://example.org/"><button>a</button></form>',
        '<video poster="https://example.org/a.png"></video>',
        '<audio src="a"></audio>',
        '<body background="https://example.org/a.png">',
        '<svg><use href="https://example.org/a.svg#a"/></svg>',
        '<svg><a xlink:href="javascript:1">a</a></svg>',
        "<svg><foreignObject>a</foreignObject></svg>",
        '<p style="background: url(https://example.org/a.png)">',
        '<style>@import "https://example.org/a.css";</style>',
        "<style>p { background: u\\72l(https://example.org/) }</style>",
        '<img src="data:image/png;base64,AAAA" attributionsrc="https://example.org/">',
        '<img src="data:image/png;base64,AAAA" attributionsrc>',
        '<link rel="preload" as="image" imagesrcset="https://example.org/a.png 1x">',
        '<link rel="STYLESHEET" href="https://example.org/a.css">',
        '<link rel="stylesheet preload" href="style.css">',
        '<link rel="alternate stylesheet" href="style.css">',
        '<svg><image href="https://example.org/a.png"/></svg>',
        '<svg><image xlink:href="https://example.org/a.png"/></svg>',
        '<svg><filter><feImage href="https://example.org/a.png"/></filter></svg>',
        '<svg><rect fill="url(https://example.org/a.svg#a)"/></svg>',
        '<svg><rect filter="u\\72l(https://example.org/a.svg#a)"/></svg>',
        '<math altimg="https://example.org/a.png"><mi>a</mi></math>',
        '<math><mi href="javascript:1">a</mi></math>',
        '<math><mglyph src="https://example.org/a.png"/></math>',
    ],
)
def test_what_loads_or_runs_is_named(markup: str) -> None:
    assert named(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<script type="application/ld+json">{}</script>',
        '<a href="#a">a</a>',
        '<a href="chapter.xhtml#a">a</a>',
        '<a href="../index.html">a</a>',
        '<a href="https://example.org/?a=javascript:1">a</a>',
        '<a href="mailto:a@example.org">a</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<picture><source media="print" srcset="data:image/png;base64,AAAA"></picture>',
        '<link rel="stylesheet" href="style.css">',
        '<meta name="viewport" content="width=device-width">',
        "<style>@font-face { src: url(data:font/ttf;base64,AAAA) } p { fill: url(#a) }</style>",
    ],
)
def test_what_belongs_to_the_document_passes(markup: str) -> None:
    assert named(markup) == []


def named_in_epub(head: str = "", body: str = "", before: str = "") -> list[str]:
    """What is named in an EPUB of one chapter."""
    container = io.BytesIO()
    with ZipFile(container, "w") as epub:
        epub.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="a.opf"/></rootfiles></container>',
        )
        epub.writestr(
            "a.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/>'
            '</manifest><spine><itemref idref="a"/></spine></package>',
        )
        epub.writestr(
            "a.xhtml",
            f'{before}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:s="http://www.w3.org/2000/svg"'
            ' xmlns:x="http://www.w3.org/1999/xlink"'
            f"><head>{head}</head><body><h1>A</h1>{body}</body></html>",
        )
        epub.writestr(PART, "")
    return read_epub(container.getvalue()).active


IMPORT = "@import url(https://example.org/);"


@pytest.mark.parametrize(
    "head",
    [
        f"<style>a{{}}<!-- a -->{IMPORT}</style>",
        f"<style><!-- /* -->{IMPORT}<!-- */ --></style>",
        f"<style><b>/*</b>{IMPORT}<b>*/</b></style>",
        f"<style>a{{}}<?a b?>{IMPORT}</style>",
        f"<style>a{{}}<![CDATA[{IMPORT}]]></style>",
        f"<s:style><![CDATA[/*]]>*/<!-- a -->{IMPORT}</s:style>",
        '<link rel="stylesheet" x:href="https://example.org/a.css"/>',
        '<?xml-stylesheet href="https://example.org/a.css"?>',
    ],
)
def test_what_the_head_of_a_chapter_loads_is_named(head: str) -> None:
    assert named_in_epub(head)


@pytest.mark.parametrize(
    "body",
    [
        '<s:script x:href="https://example.org/"/>',
        '<s:image x:href="https://example.org/a.png"/>',
        "<s:feImage/>",
        '<s:a x:href="javascript:1">a</s:a>',
        "<s:handler>1</s:handler>",
        f"<s:svg><s:style><![CDATA[{IMPORT}]]></s:style></s:svg>",
        '<p xml:base="https://example.org/">a</p>',
    ],
)
def test_what_the_body_of_a_chapter_loads_or_runs_is_named(body: str) -> None:
    assert named_in_epub(body=body)


@pytest.mark.parametrize(
    "before",
    [
        '<?xml-stylesheet href="https://example.org/a.css"?>',
        '<!DOCTYPE html [<!ENTITY a "b">]>',
        '<!DOCTYPE html [<!ATTLIST h1 onclick CDATA "1">]>',
        '<!DOCTYPE html SYSTEM "https://example.org/a.dtd">',
    ],
)
def test_what_stands_before_a_chapter_is_named(before: str) -> None:
    assert named_in_epub(before=before)


def test_a_still_chapter_passes() -> None:
    head = '<link rel="stylesheet" href="style.css"/><style><!-- a -->p { color: red }</style>'
    body = '<s:svg><s:rect fill="url(#a)"/></s:svg><a href="https://example.org/">a</a>'
    assert named_in_epub(head, body, before="<!DOCTYPE html><!-- a -->") == []


@pytest.mark.parametrize(
    "css",
    [
        "@import url(a.css)",
        "@IMPORT 'a.css'",
        "@\\69mport 'a.css'",
        "p { background: url( 'https://example.org/' ) }",
        "p { background: URL(//example.org/) }",
        "p { background: image-set('https://example.org/a.png' 1x) }",
        "p { background: -webkit-image-set(url(a.png) 1x) }",
        "@font-face { src: url(https://example.org/a.ttf) }",
        "@media print { p { cursor: url(a.cur), auto } }",
        "p { --a: url(https://example.org/) }",
        "p { background: url(data:text/html,a) }",
        "p { background: src('https://example.org/') }",
        "p { a: /url(data:font/ttf;base64,AAAA)*; background: url(https://example.org/) } /* */",
        'p { a: url("data:font/ttf;base64,AAAA); b: ") } q { c: url(//example.org/) } /*" */',
    ],
)
def test_what_a_stylesheet_loads_is_named(css: str) -> None:
    assert list(loaded_by_css(css, lambda url: url == PART))


@pytest.mark.parametrize(
    "css", ["p { color: red }", "p { background: url(style.css) }", "p { mask: url('#a') }"]
)
def test_what_a_stylesheet_has_of_its_own_passes(css: str) -> None:
    assert list(loaded_by_css(css, lambda url: url == PART)) == []

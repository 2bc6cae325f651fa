"""Whatever a finished document would load or run is named; what belongs to it is let pass."""

from __future__ import annotations

import pytest
from lxml import html

from briefpress.proof.active import active_in, loaded_by_css

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
        '<link rel="stylesheet" href="style.css">',
        '<meta name="viewport" content="width=device-width">',
        "<style>@font-face { src: url(data:font/ttf;base64,AAAA) } p { fill: url(#a) }</style>",
    ],
)
def test_what_belongs_to_the_document_passes(markup: str) -> None:
    assert named(markup) == []


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
    ],
)
def test_what_a_stylesheet_loads_is_named(css: str) -> None:
    assert list(loaded_by_css(css, lambda url: url == PART))


@pytest.mark.parametrize(
    "css", ["p { color: red }", "p { background: url(style.css) }", "p { mask: url('#a') }"]
)
def test_what_a_stylesheet_has_of_its_own_passes(css: str) -> None:
    assert list(loaded_by_css(css, lambda url: url == PART)) == []

"""Templates that only show, one for each block, and labels that are there in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml
from jinja2 import Environment, nodes

from briefpress import model
from briefpress.content.block_shapes import BlockEntry
from tests.house.project import PACKAGE, TEMPLATES, name_of

BLOCKS = {block.model_fields["type"].default: block for block in get_args(get_args(model.Block)[0])}

# Statements: loops, tests, what is put together of parts, and names for parts.
STATEMENTS = (
    nodes.Template,
    nodes.Output,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.Extends,
    nodes.Block,
    nodes.Macro,
    nodes.With,
    nodes.Assign,
)

TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.j2"))
THEMES = TEMPLATES / "themes"
LABEL_FILES = sorted((TEMPLATES / "labels").glob("*.yaml"))

each_template = pytest.mark.parametrize("path", TEMPLATE_FILES, ids=name_of)
each_language = pytest.mark.parametrize("path", LABEL_FILES, ids=name_of)


def nodes_of(path: Path) -> Iterator[nodes.Node]:
    template = Environment(autoescape=True).parse(path.read_text("utf-8"))
    yield template
    yield from template.find_all(nodes.Node)


def labels_of(path: Path) -> dict[str, str]:
    """The labels of a language, with the name of what holds them before each."""
    labels = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    flat = {key: value for key, value in labels.items() if isinstance(value, str)}
    for group in ("dates", "words"):
        flat |= {f"{group}.{key}": value for key, value in labels[group].items()}
    return flat


# Blocks


@pytest.mark.parametrize("block", BLOCKS)
def test_the_block_has_a_template(block: str) -> None:
    assert (TEMPLATES / "blocks" / f"{block}.html.j2").is_file()


@pytest.mark.parametrize("path", sorted((TEMPLATES / "blocks").iterdir()), ids=name_of)
def test_the_template_has_a_block(path: Path) -> None:
    assert path.name.removesuffix(".html.j2") in BLOCKS


def test_what_a_section_can_hold_becomes_a_block() -> None:
    """All but prose, which becomes paragraphs, lists, quotes, code and rules."""
    keys = {field.alias or name for name, field in BlockEntry.model_fields.items()}
    assert keys - BLOCKS.keys() == {"prose"}


# Templates


@each_template
def test_the_template_has_no_logic(path: Path) -> None:
    statements = [node for node in nodes_of(path) if isinstance(node, nodes.Stmt)]
    others = [node for node in statements if not isinstance(node, STATEMENTS)]
    assert [type(node).__name__ for node in others] == []
    arithmetic = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
    assert [type(node).__name__ for node in nodes_of(path) if isinstance(node, arithmetic)] == []


@each_template
def test_the_template_hides_nothing_that_is_missing(path: Path) -> None:
    filters = {node.name for node in nodes_of(path) if isinstance(node, nodes.Filter)}
    tests = {node.name for node in nodes_of(path) if isinstance(node, nodes.Test)}
    assert not {"default", "d"} & filters
    assert not {"defined", "undefined"} & tests
    assert not any(n.ignore_missing for n in nodes_of(path) if isinstance(n, nodes.Include))


@each_template
def test_the_template_trusts_only_what_the_formats_make(path: Path) -> None:
    """The stylesheet and the data for machines of a web page; all else is escaped."""
    trusted = [
        node.node.name
        for node in nodes_of(path)
        if isinstance(node, nodes.Filter) and node.name == "safe"
        if isinstance(node.node, nodes.Name)
    ]
    allowed = ["css", "linked_data"] if path.parent.name == "web" else []
    assert [name for name in trusted if name not in allowed] == []
    assert path.read_text("utf-8").count("safe") == len(trusted)


# Themes


@pytest.mark.parametrize("path", sorted(p for p in THEMES.rglob("*") if p.is_file()), ids=name_of)
def test_a_theme_is_templates_and_css_in_the_place_of_others(path: Path) -> None:
    """A file by another name would never be found."""
    assert path.suffix in {".j2", ".css"}
    _theme, *inside = path.relative_to(THEMES).parts
    assert "/".join(inside) == "css/theme.css" or TEMPLATES.joinpath(*inside).is_file()


@pytest.mark.parametrize(
    ("path", "built_in"),
    [
        (TEMPLATES / "css" / "letter.css", "a4"),
        *((p, p.stem) for n in ("tokens", "dark") for p in THEMES.glob(f"*/css/{n}.css")),
    ],
)
def test_what_replaces_tokens_sets_them_all(path: Path, built_in: str) -> None:
    """A token that isn't set would spoil every declaration that uses it."""

    def tokens(file: Path) -> set[str]:
        return set(re.findall(r"(--[a-z-]+):", file.read_text("utf-8")))

    assert tokens(path) == tokens(TEMPLATES / "css" / f"{built_in}.css") != set()


# Labels


@each_language
def test_the_language_has_every_label(path: Path) -> None:
    english = labels_of(TEMPLATES / "labels" / "en.yaml")
    assert labels_of(path).keys() - {"direction"} == english.keys() - {"direction"}


@each_language
def test_the_labels_have_the_same_gaps_to_fill(path: Path) -> None:
    def gaps(labels: dict[str, str]) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"\{\w*\}", words)) for key, words in labels.items()}

    english = gaps(labels_of(TEMPLATES / "labels" / "en.yaml"))
    own = gaps(labels_of(path))
    assert {key: own[key] for key in english} == english


# CLDR 48, delimiters: quotationStart and -End, alternateQuotationStart and -End. Babel has none.
QUOTES = {"en": "“”\u2018\u2019", "ja": "「」『』"}


@pytest.mark.parametrize("language", QUOTES)
def test_the_quotation_marks_are_those_of_cldr(language: str) -> None:
    assert labels_of(TEMPLATES / "labels" / f"{language}.yaml")["quotes"] == QUOTES[language]


def test_every_label_is_used() -> None:
    sources = [*TEMPLATE_FILES, *PACKAGE.rglob("*.py"), *(TEMPLATES / "css").glob("*.css")]
    program = "\n".join(path.read_text("utf-8") for path in sources)
    words = yaml.load((TEMPLATES / "labels/en.yaml").read_text("utf-8"), yaml.BaseLoader)["words"]
    used = set(re.findall(r"labels\.([a-z]+)", program))
    used |= set(re.findall(r"(?:labels|words)\[\"([a-z-]+)\"\]", program))
    beginnings = tuple(re.findall(r"(?:labels\[|words\[f)\"([a-z-]+-)(?:\" ~|{)", program))
    assert {
        w for w in words if w not in used and not (beginnings and w.startswith(beginnings))
    } == set()


def test_every_label_that_is_used_is_there() -> None:
    words = yaml.load((TEMPLATES / "labels/en.yaml").read_text("utf-8"), yaml.BaseLoader)["words"]
    program = "\n".join(path.read_text("utf-8") for path in TEMPLATE_FILES)
    used = set(re.findall(r"labels\.([a-z]+)", program))
    used |= set(re.findall(r"labels\[\"([a-z-]+)\"\]", program))
    assert used - words.keys() == set()

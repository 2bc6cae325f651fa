"""The schemas for editors: they accept what Briefpress accepts, and explain every key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefpress.content import block_shapes, labels, schema
from briefpress.content.ids import ID
from briefpress.content.read import read
from briefpress.content.schema import LANGUAGE_TAG
from briefpress.content.shape import Shape, fit_as_far_as_possible
from briefpress.dates import DateError, parse
from briefpress.diagnostics import Code
from briefpress.schemas import FILES as FILES_BY_SCHEMA
from briefpress.schemas import said_of, schemas
from tests.casebook import check_content, lay_over_base
from tests.conftest import Briefpress
from tests.source import CONTENT, ROOT

CASES = ROOT / "tests" / "cases"
SHAPES = [
    shape
    for module in (schema, block_shapes, labels)
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, Shape) and shape.__module__ == module.__name__
]
UNREAD = "missing-labels"
# Of these a schema can tell, wherever they are.
TOLD = {Code.UNKNOWN_KEY, Code.WRONG_TYPE, Code.EMPTY_SECTION}


class EditorsLoader(yaml.CSafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2, and keys that are texts."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {key.value: self.construct_object(value, deep) for key, value in node.value}


EditorsLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorsLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first)
    )
EditorsLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda _, node: int(re.sub("^[-+]?0o?(?=[0-9])", "", node.value), 0)
)
EditorsLoader.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def as_editors_read(text: str) -> Any:  # whatever YAML holds
    return yaml.load(text, EditorsLoader)


@cache
def validator(name: str) -> Draft202012Validator:
    made = json.loads(schemas()[name])
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def schema_for(path: Path) -> str:
    kind = path.stem if path.stem in {"series", "facts"} else path.parent.name
    return f"{kind if kind in {'series', 'facts', 'labels'} else 'words'}.schema.json"


def faults_of(path: Path, text: str | None = None) -> list[str]:
    """What the schema for a file has to say of it, or of another text in its place."""
    data = as_editors_read(path.read_text("utf-8") if text is None else text)
    return [error.message for error in validator(schema_for(path)).iter_errors(data)]


FILES = sorted(
    path
    for folder in (CONTENT, *(ROOT / name for name in ("tests", "templates", "bench/content")))
    for path in folder.rglob("*.yaml")
    if not {"cases", "hostile"} & set(path.parts) or "_base" in path.parts
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_all_content_here_is_as_its_schema_has_it(path: Path) -> None:
    assert faults_of(path) == []


# Against what Briefpress says


# Words of a language that has no labels aren't read.
@pytest.mark.parametrize("case", sorted({p.name for p in CASES.iterdir()} - {"_base", UNREAD}))
def test_a_schema_objects_only_where_briefpress_does(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_over_base(CASES / case, Path("content"))
    faults = json.loads(check_content("--format-errors", "json").stdout or "[]")
    for path in sorted(Path("content").rglob("*.yaml")):
        codes = {fault["code"] for fault in faults if fault["file"] == str(path)}
        if codes & {Code.YAML_SYNTAX, Code.YAML_FEATURE, Code.BAD_ENCODING, Code.BAD_CHARACTER}:
            continue
        objects = bool(faults_of(path))
        assert not objects or codes, faults_of(path)
        assert objects or not codes & TOLD


# As Briefpress takes each scalar as text, so do the schemas: in each place, after `fit`, what else
# is asked of the text.
def any_text(_: str) -> bool:
    return True


def is_date(text: str) -> bool:
    try:
        parse(text)
    except DateError:
        return False
    return True


_WORDS = "title: T\nsummary: S\nsections:\n- {id: a, title: A, blocks: ["
PLACES: list[tuple[str, str, Callable[[str], object]]] = [
    ("series.schema.json", "title: #", any_text),
    ("series.schema.json", "publisher: #", any_text),
    ("series.schema.json", "paper: #", any_text),
    ("series.schema.json", "languages: [#]", LANGUAGE_TAG.fullmatch),
    ("facts.schema.json", "issued: #", is_date),
    ("facts.schema.json", "events: {a: {date: #}}", is_date),
    ("facts.schema.json", "events: {a: {source: #}}", ID.fullmatch),
    ("facts.schema.json", "people: {a: {family: #}}", any_text),
    ("facts.schema.json", "people: {a: {family: A, order: #}}", any_text),
    ("facts.schema.json", "people: {a: {family: A, names: {ja: #}}}", any_text),
    ("words.schema.json", _WORDS + "prose: #]}", any_text),
    ("words.schema.json", _WORDS + "box: {title: #, text: T}]}", any_text),
    ("words.schema.json", _WORDS + "chronology: #]}", any_text),
    ("words.schema.json", _WORDS + "table: {caption: C, head: [#], rows: [[#]]}]}", any_text),
    ("words.schema.json", _WORDS + "index: ], annex: #}", any_text),
    ("words.schema.json", _WORDS + "index: ]}\nevents: {a: #}", any_text),
    ("words.schema.json", _WORDS + "index: ]}\nevents: {a: {says: #, office: #}}", any_text),
]
SCALARS = [
    *("1999", "1999-12", "2026-11-23", "1999-13", "0999", "12345", "199X", "1999/..", "1.5", "1e3"),
    *("true", "False", "no", "on", "maybe", "0", "1", "2", ".5", "0x1F", "~", "null", "''", "' '"),
    *("a-b", "A", "a4", "given-first", "[]", "{}", "x" * 500, "x" * 501, "'x '"),
]
# Editors have the number or the truth value, not how it's spelt: 0999 is a year, 1e3 isn't.
SPELT_OTHERWISE = {"1", "2", "1e3", "0x1F", "False"}


@pytest.mark.parametrize("written", SCALARS)
@pytest.mark.parametrize(("name", "place", "suits"), PLACES)
def test_what_briefpress_takes_is_what_editors_take(
    name: str, place: str, suits: Callable[[str], object], written: str, tmp_path: Path
) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(place.replace("#", written))
    _, faults = fit_as_far_as_possible(read(path, "file.yaml"), FILES_BY_SCHEMA[name])
    taken = not faults and (written in {"~", "null"} or bool(suits(written.strip("' "))))
    objected = [e.message for e in validator(name).iter_errors(as_editors_read(path.read_text()))]
    assert taken == (not objected) or (objected == [] and written in SPELT_OTHERWISE)


@settings(deadline=None, derandomize=True)
@given(st.from_regex(r"[0-9X./?~%-]{0,22}|(19[0-9X]{2}(-[0-2X][0-9X]){0,2}[?~%]?/?){1,2}"))
def test_what_is_a_date_is_one_to_editors(text: str) -> None:
    if is_date(text.strip()):
        assert validator("facts.schema.json").is_valid({"issued": text})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts.yaml", "issued:", "isued:"),
        ("facts.yaml", "order: family-first", "order: backwards"),
        ("facts.yaml", "  treaty:", "  The-Treaty:"),
        ("en.yaml", "  - id: ", "  - id: The "),
        ("en.yaml", "  - id: ", "  - id: page-"),
    ],
)
def test_slips_are_underlined(name: str, old: str, new: str) -> None:
    path = CASES / "_base" / "note" / name
    text = path.read_text("utf-8")
    assert old in text
    assert faults_of(path, text.replace(old, new, 1))


# What they say of each key


@pytest.mark.parametrize("shape", SHAPES)
def test_each_key_says_what_it_takes(shape: type[Shape]) -> None:
    said = said_of(shape)
    keys = [field.alias or name for name, field in shape.model_fields.items()]
    assert [key for key in keys if len(said.get(key, "")) < len("Its title.")] == []
    assert (shape.__doc__ or "").endswith(".")


def properties_of(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:  # of a schema
    if isinstance(part, dict):
        yield from part["properties"].items() if "title" in part and "properties" in part else ()
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, dict | list):
            yield from properties_of(inner)


@pytest.mark.parametrize("name", FILES_BY_SCHEMA)
def test_each_property_of_a_schema_has_title_and_description(name: str) -> None:
    found = dict(properties_of(validator(name).schema))
    assert len(found) > 5
    assert [key for key in found if not found[key].keys() >= {"title", "description"}] == []


# The command


def test_the_command_writes_them_the_same_each_time(briefpress: Briefpress, tmp_path: Path) -> None:
    said = briefpress("schema", cwd=tmp_path)
    assert said.returncode == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()}
    assert said.stdout.splitlines() == [f"schemas/{name}" for name in FILES_BY_SCHEMA]
    briefpress("schema", "--to", "other", cwd=tmp_path, env={"PYTHONHASHSEED": "7"})
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    assert written == {p.name: p.read_bytes() for p in (ROOT / "docs/schemas").iterdir()}


def test_a_folder_that_cant_be_made_is_no_traceback(briefpress: Briefpress, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = briefpress("schema", "--to", "file/schemas", cwd=tmp_path)
    assert said.returncode == 1
    assert said.stderr.startswith("Error: file")

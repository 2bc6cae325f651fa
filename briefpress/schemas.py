"""JSON Schemas of the content's files, by which editors complete, explain and underline.

In: the shapes of `content/`. Out: a text for each kind of file, the same each time; JSON Schema,
draft 2020-12. A schema accepts whatever Briefpress reads, and refuses what can be told from one
value alone: unknown keys, what isn't a date or an id; not that an event doesn't exist.

Briefpress takes every scalar as text, whereas to an editor `1999` is a number and `true` a truth
value. So a text is anything that isn't a list, keys and values, or nothing; said by `not`, since
editors offer what `type` lists, and nobody wants `true` and `null` offered for a title.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from textwrap import dedent
from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from briefpress.content import grid, pictures
from briefpress.content.block_shapes import BARE
from briefpress.content.ids import ID, ID_HINT, RESERVED
from briefpress.content.labels import Labels, read_labels
from briefpress.content.prose import EDTF_HINT
from briefpress.content.schema import LANGUAGE_TAG, FactsFile, SeriesFile, WordsFile
from briefpress.content.shape import Shape
from briefpress.content.text_checks import SAFE_SCHEMES
from briefpress.look import BUILT_IN, find_templates, themes

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# A part of a schema: what JSON can hold, as pydantic has it too.
Part: TypeAlias = dict[str, Any]

FILES: dict[str, type[Shape]] = {
    "series.schema.json": SeriesFile,
    "facts.schema.json": FactsFile,
    "words.schema.json": WordsFile,
    "labels.schema.json": Labels,
}
"""What the schemas are called, and the shapes that they are of."""


def schemas() -> dict[str, str]:
    """Every schema as JSON, by the name of its file."""
    made = {name: _schema_of(shape) for name, shape in FILES.items()}
    series, _, words, labels = made.values()
    series["properties"]["theme"] |= {"enum": list(themes())}
    _allow_wording_alone(words)
    _take_one_key(words["$defs"]["BlockEntry"])
    _want_contents(words["$defs"]["SectionEntry"])
    _name_words(labels)
    return {name: json.dumps(s, ensure_ascii=False, indent=1) + "\n" for name, s in made.items()}


def _schema_of(shape: type[Shape]) -> Part:
    made = shape.model_json_schema(by_alias=True, schema_generator=_Generator)
    for part in _parts(made):
        _apply_format(part)
    return {"$schema": DIALECT, **made}


def _parts(value: Any) -> Iterator[Part]:  # whatever stands in a schema
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _parts(inner)


# Values, as editors have them (the core schema of YAML 1.2)

_NOTHING: Part = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}


def _scalar_but(*types: str) -> Part:
    return {"not": {"type": [*types, "array", "object", "null"]}}


def _caseless(words: Iterable[str]) -> str:
    """A pattern for words in small letters or capitals; JSON Schema has no flag for that."""
    letters = (
        [f"[{c.upper()}{c}]" if c.isalpha() else re.escape(c) for c in word] for word in words
    )
    return "|".join(map("".join, letters))


_TRUTHS = _caseless(["true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0"])


class _Generator(GenerateJsonSchema):
    """pydantic's schemas, with scalars as Briefpress reads them, and descriptions."""

    def model_schema(self, schema: core_schema.ModelSchema) -> Part:
        part = super().model_schema(schema)
        _describe(part, schema["cls"])
        return part

    def str_schema(self, schema: core_schema.StringSchema) -> Part:
        text: Part = {"type": "string"}
        if most := schema.get("max_length"):
            text["pattern"] = rf"^\s*\S(?:[\s\S]{{0,{most - 2}}}\S)?\s*$"
            text["patternErrorMessage"] = f"write 1 to {most} characters"
        elif schema.get("min_length"):
            text |= {"pattern": r"\S", "patternErrorMessage": "write a text here"}
        return {"anyOf": [text, _scalar_but("string")]}

    def dict_schema(self, schema: core_schema.DictSchema) -> Part:
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        names = {"propertyNames": {"format": keys["format"]}} if "format" in keys else {}
        return {**super().dict_schema(schema), **names}

    def bool_schema(self, schema: core_schema.BoolSchema) -> Part:  # noqa: ARG002 - as pydantic calls it
        words = {"type": "string", "pattern": f"^(?:{_TRUTHS})$"}
        return {
            "anyOf": [{"type": "boolean"}, words, {"type": "integer", "minimum": 0, "maximum": 1}]
        }

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Part:
        inner = self.generate_inner(schema["schema"])
        if "anyOf" not in inner:
            return {"anyOf": [inner, _NOTHING]}
        inner["anyOf"].append(_NOTHING)
        return inner

    def get_title_from_name(self, name: str) -> str:
        return name.replace("_", " ").replace("-", " ").capitalize()

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - as pydantic calls it
        return True


# What a text has to look like, by the formats of `content/texts.py`

_POINT = "[0-9]{3}[0-9X](?:-(?:0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?)?[?~%]?"
_EDTF = rf"{_POINT}|{_POINT}/(?:{_POINT}|\.\.)?|(?:\.\.)?/{_POINT}"
_TAG = LANGUAGE_TAG.pattern.replace("a-z", "A-Za-z")
_TAG_HINT = "use a tag of BCP 47, such as en, ja or zh-Hant"

# The pattern, what an editor says where it doesn't fit, and which scalars but texts there may be.
_FORMATS: dict[str, tuple[str, str, Part | None]] = {
    "id": (rf"^\s*{ID.pattern}\s*$", ID_HINT, _scalar_but("string", "number")),
    "id-key": (f"^{ID.pattern}$", ID_HINT, None),
    "section-id": (
        f"^(?!(?:{RESERVED.pattern})$){ID.pattern}$",
        f"{ID_HINT}; and none that the templates have",
        _scalar_but("string", "number"),
    ),
    "edtf": (
        rf"^\s*(?:{_EDTF})\s*$",
        EDTF_HINT,
        {"type": "integer", "minimum": 1, "maximum": 9999},
    ),
    "language": (rf"^\s*{_TAG}\s*$", _TAG_HINT, _scalar_but("string", "number")),
    "language-key": (f"^{_TAG}$", _TAG_HINT, None),
    "url": (
        rf"^\s*(?:{_caseless(SAFE_SCHEMES)})\S+\s*$",
        f"begin it with {', '.join(SAFE_SCHEMES)}",
        None,
    ),
    **{
        name: (
            rf"(?:{_caseless(suffixes)})\s*$",
            f"name a file that ends in {', '.join(suffixes)}",
            None,
        )
        for name, suffixes in (("picture", pictures.SUFFIXES), ("data", grid.SUFFIXES))
    },
}


def _apply_format(part: Part) -> None:
    """Put a pattern in the place of a format that editors don't know."""
    if "format" not in part or not isinstance(part["format"], str):
        return
    pattern, message, other = _FORMATS[part.pop("format")]
    texts = {"type": "string", "pattern": pattern, "patternErrorMessage": message}
    if "anyOf" not in part:
        part |= texts
        return
    part["anyOf"] = [texts, *([other] if other else []), *part["anyOf"][2:]]


# Titles and descriptions


def _describe(part: Part, shape: type[Shape]) -> None:
    """Say what a shape is, and what each of its keys takes."""
    words = re.findall("[A-Z][a-z]*", shape.__name__)
    part["title"] = " ".join(words[:-1] or words).capitalize()
    part["description"] = _unwrapped(part["description"])
    for key, text in said_of(shape).items():
        part["properties"][key]["description"] = text
    for each in part["properties"].values():
        if each.get("default", "") in (None, [], {}):
            del each["default"]


def said_of(shape: type[Shape]) -> dict[str, str]:
    """What stands under each key of a shape in its source, as it is for readers (PEP 257).

    pydantic can do so as well (`use_attribute_docstrings`), but does at every start.
    """
    (definition,) = ast.parse(dedent(inspect.getsource(shape))).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, text in pairwise(definition.body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(said))):
                key = shape.model_fields[name].alias or name
                found[key] = _unwrapped(inspect.cleandoc(said))
    return found


def _unwrapped(text: str) -> str:
    """A text with its paragraphs in one line each."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


# What pydantic can't tell


def _take_one_key(block: Part) -> None:
    block |= {"minProperties": 1, "maxProperties": 1}
    for key, part in block["properties"].items():
        if key not in BARE:
            part["anyOf"].remove(_NOTHING)


def _want_contents(section: Part) -> None:
    """Let a section have blocks, or sections, or both."""
    section["anyOf"] = [
        {"required": [key], "properties": {key: {"minItems": 1}}} for key in ("blocks", "sections")
    ]


def _allow_wording_alone(words: Part) -> None:
    """Let the wording of an event stand for `says: wording`."""
    events, says = words["properties"]["events"], words["$defs"]["EventWords"]["properties"]["says"]
    events["additionalProperties"] = {"anyOf": [*says["anyOf"], events["additionalProperties"]]}


def _name_words(labels: Part) -> None:
    """Name each word that the templates need, with what it is in English."""
    english = read_labels(find_templates(BUILT_IN), "en").words
    words = labels["properties"]["words"]
    words["properties"] = {
        word: {
            "title": word.replace("-", " ").capitalize(),
            "description": f"In English: {text}",
            **words["additionalProperties"],
        }
        for word, text in english.items()
    }
    words["required"] = list(english)

"""JSON-LD in web pages, held against schema.org's vocabulary.

schema-dts is that vocabulary as types of TypeScript, so the compiler is the validator: it knows
each type of thing, its properties, and what each may hold. Nothing is asked of the network.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import html

from validators.programs import NODE_MODULES, require, require_program, run, version_of
from validators.verdict import CannotRunError, Finding, Validator, Verdict

COMPILER = NODE_MODULES / "typescript/bin/tsc"
VOCABULARY = NODE_MODULES / "schema-dts/dist/schema.d.ts"

_MODULE = """\
import type {{ Graph, Thing, WithContext }} from "schema-dts";
export const data: Graph | WithContext<Thing> = {data};
"""
_DIAGNOSTIC = re.compile(
    r"(?:[^(]*/)?(?P<module>\d+)\.ts\((?P<row>\d+),\d+\): error (?P<message>.*)", re.DOTALL
)

# Text that a type can't tell from other text.
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?)?")
_HOLDS_A_DATE = re.compile(r"^date[A-Z]|[a-z]Date$")


def ask_compiler(pages: Sequence[Path]) -> Verdict:
    """TypeScript with schema-dts, about all that each page says in JSON-LD."""
    said: dict[Path, list[str]] = {page: [] for page in pages}
    found: list[tuple[Path, Any]] = []
    for page in pages:
        try:
            found += [(page, item) for item in linked_data(page)]
        except ValueError as error:
            said[page].append(f"its JSON-LD isn't JSON: {error}")
    for page, message in compiler_messages(found):
        said[page].append(message)
    for page, item in found:
        said[page] += [f"{key} holds {value!r}, which is no date" for key, value in bad_dates(item)]
    passed = {page: sum(count(item) for own, item in found if own == page) for page in pages}
    for page in pages:
        if not passed[page] and not said[page]:
            said[page].append("there is no JSON-LD in it")
    findings = {page: Finding(0 if said[page] else passed[page], said[page]) for page in pages}
    return Verdict(version_of("schema-dts"), findings)


def linked_data(page: Path) -> list[Any]:
    scripts = html.parse(page).xpath('//script[@type="application/ld+json"]')
    return [json.loads(script.text_content()) for script in scripts]


def compiler_messages(found: Sequence[tuple[Path, Any]]) -> Iterator[tuple[Path, str]]:
    modules = [_MODULE.format(data=json.dumps(item, indent=1)) for _, item in found]
    with tempfile.TemporaryDirectory() as folder:
        for number, module in enumerate(modules):
            Path(folder, f"{number}.ts").write_text(module, "utf-8")
        Path(folder, "tsconfig.json").write_text(json.dumps(settings(len(modules))), "utf-8")
        command = [require_program("node"), str(require(COMPILER)), "--project", folder]
        done = run([*command, "--pretty", "false"])
    for said in re.split(r"\n(?!\s)", done.stdout.decode().strip()):
        match = _DIAGNOSTIC.match(said)
        if match:
            number, row = int(match["module"]), int(match["row"])
            line = modules[number].splitlines()[row - 1].strip()
            yield found[number][0], f"{' '.join(match['message'].split())} At {line}"
        elif said:
            raise CannotRunError(said)


def settings(modules: int) -> dict[str, Any]:
    return {
        "compilerOptions": {
            "strict": True,
            "noEmit": True,
            "skipLibCheck": True,
            "types": [],
            "paths": {"schema-dts": [str(require(VOCABULARY))]},
        },
        "files": [f"{number}.ts" for number in range(modules)],
    }


def count(item: Any) -> int:
    """How many properties there are in it."""
    if isinstance(item, dict):
        return sum(1 + count(value) for value in item.values())
    return sum(map(count, item)) if isinstance(item, list) else 0


def bad_dates(item: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Properties that hold dates, and text that isn't one of ISO 8601."""
    if isinstance(item, dict):
        for name, value in item.items():
            yield from bad_dates(value, name)
    elif isinstance(item, list):
        for value in item:
            yield from bad_dates(value, key)
    elif isinstance(item, str) and _HOLDS_A_DATE.search(key) and not _DATE.fullmatch(item):
        yield key, item


def says_what_it_is(artefact: Path) -> bool:
    """Web pages of briefings. An index is a list of links, a report one of facts, and no more."""
    return artefact.suffix == ".html" and artefact.name not in {"index.html", "proof.html"}


VALIDATORS = [Validator("schema-dts", "JSON-LD", "values", says_what_it_is, ask_compiler)]

"""The YAML language server, which editors ask, with the schemas: it completes, explains, objects.

It is asked as an editor asks it: over its standard input and output, by the Language Server
Protocol 3.17. Files name their schemas in their first lines.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefpress.projects import add_briefing, begin_project
from briefpress.schemas import schemas
from tests.source import CONTENT, ROOT
from validators.programs import NODE_MODULES

SERVER = NODE_MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
# Where the cursor is, in a text.
CURSOR = "‸"


class Editor:
    """A client of the language server: one question at a time, each with its answer."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        self._server = server
        self._asked = 0
        markdown = {"documentationFormat": ["markdown"], "snippetSupport": True}
        able = {
            "textDocument": {
                "completion": {"completionItem": markdown},
                "hover": {"contentFormat": ["markdown"]},
            }
        }
        self.ask("initialize", processId=None, rootUri=None, capabilities=able)
        self._send(method="initialized", params={})

    def open(self, path: Path, text: str) -> list[str]:
        """Open a file with a text in it; what the server objects to, with the lines."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        while (said := self._hear()).get("method") != "textDocument/publishDiagnostics":
            pass
        found = said["params"]["diagnostics"]
        return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in found]

    def at_cursor(self, question: str, path: Path, text: str) -> Any:  # as the protocol has it
        """Open a file in which the cursor stands, and ask what there is at it."""
        before, _, after = text.partition(CURSOR)
        self.open(path, before + after)
        line = before.count("\n")
        position = {"line": line, "character": len(before) - before.rfind("\n") - 1}
        uri = {"uri": path.as_uri()}
        return self.ask(f"textDocument/{question}", textDocument=uri, position=position)

    def ask(self, method: str, **params: object) -> Any:  # as the protocol has it
        """Ask, and answer what the server asks back before it answers."""
        self._asked += 1
        self._send(id=self._asked, method=method, params=params)
        while (said := self._hear()).get("id") != self._asked or "method" in said:
            pass
        return said["result"]

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._server.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._server.stdout
        length = 0
        while head := self._server.stdout.readline().strip():
            if head.lower().startswith(b"content-length:"):
                length = int(head.partition(b":")[2])
        assert length, "the server has gone"
        said: dict[str, Any] = json.loads(self._server.stdout.read(length))
        if "id" in said and "method" in said:
            items = said.get("params", {}).get("items", [])
            self._send(id=said["id"], result=[None for _ in items])
        return said


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    with subprocess.Popen(
        ["node", SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        yield Editor(server)
        server.kill()


@pytest.fixture
def briefing(tmp_path: Path) -> Path:
    """A briefing's folder in a project with the schemas."""
    (tmp_path / "schemas").mkdir()
    for name, text in schemas().items():
        (tmp_path / "schemas" / name).write_text(text, "utf-8")
    folder = tmp_path / "content" / "note"
    folder.mkdir(parents=True)
    return folder


def words(text: str) -> str:
    return f"# yaml-language-server: $schema=../../schemas/words.schema.json\n{text}"


def facts(text: str) -> str:
    return f"# yaml-language-server: $schema=../../schemas/facts.schema.json\n{text}"


def plain(documentation: Any) -> str:  # a text, or an object with one
    text = documentation["value"] if isinstance(documentation, dict) else documentation
    return re.sub(r"\\(?=[^\w\s])", "", text or "")


BLOCKS = "title: T\nsummary: S\nsections:\n  - id: a\n    title: A\n    blocks:\n"


@pytest.mark.parametrize(
    "path",
    [*CONTENT.rglob("*.yaml"), *(ROOT / "tests/formats/content").rglob("*.yaml")],
    ids=lambda path: path.name,
)
def test_it_objects_to_nothing_that_builds(editor: Editor, path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert editor.open(path, text) == []


def test_it_objects_to_nothing_in_a_new_project(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_project(tmp_path / "notes")
    monkeypatch.chdir(tmp_path / "notes")
    add_briefing(Path("content/first"), ["en", "ja"])
    paths = [*(tmp_path / "notes" / "content").rglob("*.yaml")]
    assert len(paths) == 6
    for path in paths:
        assert editor.open(path, path.read_text("utf-8")) == []


def test_it_completes_blocks_and_explains_each(editor: Editor, briefing: Path) -> None:
    offered = editor.at_cursor(
        "completion", briefing / "en.yaml", words(f"{BLOCKS}      - {CURSOR}")
    )
    found = {item["label"]: plain(item["documentation"]) for item in offered["items"]}
    known = json.loads(schemas()["words.schema.json"])["$defs"]["BlockEntry"]["properties"]
    assert found.keys() == known.keys()
    assert all(
        " ".join(known[key]["description"].split()) in " ".join(found[key].split()) for key in found
    )


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            facts(f"people:\n  a:\n    family: A\n    order: {CURSOR}\n"),
            {"given-first", "family-first"},
        ),
        (facts(f"number: {CURSOR}\n"), set()),
        (facts(f"events:\n  a:\n    date: {CURSOR}\n"), set()),
        (words(f"title: {CURSOR}\n"), set()),
    ],
)
def test_it_offers_what_there_is_to_choose_and_nothing_where_a_text_goes(
    editor: Editor, briefing: Path, text: str, labels: set[str]
) -> None:
    offered = editor.at_cursor("completion", briefing / "file.yaml", text)
    assert {item["label"] for item in offered["items"]} == labels


def test_it_explains_a_key(editor: Editor, briefing: Path) -> None:
    text = facts(f"events:\n  talks:\n    da{CURSOR}te: 1992-05\n")
    shown = plain(editor.at_cursor("hover", briefing / "facts.yaml", text)["contents"])
    assert "When it was, in EDTF, as precisely as the source says." in shown
    assert "199X" in shown


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        (facts("isued: 2020\n"), "2: Property isued is not allowed."),
        (facts("issued: 26 January 1992\n"), "2: write 1991-12-28, 1992-05, 1999"),
        (facts("events:\n  The-Talks: {date: 1999}\n"), "3: use lower-case letters"),
        (
            facts("people:\n  a: {family: A, order: backwards}\n"),
            '3: Value is not accepted. Valid values: "given-first"',
        ),
        (
            words(f"{BLOCKS}      - {{prose: P, table: T}}\n"),
            "8: Object has more properties than limit of 1.",
        ),
        (words(f"{BLOCKS}      - video: V\n"), "8: Property video is not allowed."),
        (words("summary: S\nsections: []\n"), '2: Missing property "title".'),
    ],
)
def test_it_objects_to_slips_at_their_lines(
    editor: Editor, briefing: Path, text: str, objection: str
) -> None:
    said = editor.open(briefing / "file.yaml", text)
    assert any(each.startswith(objection) for each in said), said


def test_years_and_truth_values_are_texts_to_it(editor: Editor, briefing: Path) -> None:
    head = "title: 1999\nsubtitle:\nauthor: true\n"
    text = words(BLOCKS.replace("title: T\n", head, 1) + "      - prose: 1.5\n")
    assert editor.open(briefing / "en.yaml", text) == []

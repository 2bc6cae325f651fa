"""Whatever lies in the files, the answer is a briefing or its faults, and never anything else."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from briefpress.content.pictures import measure
from briefpress.content.read import read
from briefpress.content.text_checks import check_href
from briefpress.diagnostics import ContentError, Diagnostic, Span, source_line
from tests.content.writing import faults_of, scope_of

ROOT = Path(__file__).parents[2]
REAL = ROOT / "content" / "japan-kazakhstan"
BASE = ROOT / "tests" / "cases" / "_base" / "note"

few = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
many = settings(few, max_examples=400)


@functools.cache
def text_of(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def assert_well_placed(faults: list[Diagnostic], root: Path) -> None:
    """Each fault lies on a line that there is, and has a message and a mend."""
    for fault in faults:
        line = source_line(fault.span, root)
        assert line is not None or fault.span.line == 1
        assert 1 <= fault.span.column <= len(line or "") + 1
        assert fault.span.length >= 1
        assert fault.message
        assert fault.hint
    assert len(set(faults)) == len(faults)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    folder = tmp_path / "note"
    folder.mkdir()
    return folder


# Any text at all

yaml_marks = ["\n", "\n  ", "\n- ", ": ", "- ", "[", "]", "{", "}", ",", "#", "|", ">", "'", '"']
yaml_others = [
    "&a",
    "*a",
    "!b",
    "? ",
    "---\n",
    "...\n",
    "%",
    "@",
    "`",
    "\t",
    "a",
    "title",
    "é",
    "\\",
]
yaml_texts = st.lists(st.sampled_from([*yaml_marks, *yaml_others]), max_size=30).map("".join)


@many
@given(st.one_of(st.text(max_size=80), yaml_texts))
@example("\ud800")
@example("a: \ufeff")
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "en.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read(file, "en.yaml")
    except ContentError as error:
        assert_well_placed(list(error.diagnostics), tmp_path)


@many
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "en.yaml"
    file.write_bytes(data)
    try:
        read(file, "en.yaml")
    except ContentError as error:
        assert_well_placed(list(error.diagnostics), tmp_path)


# Any data in the shape of YAML

names = (
    "title summary sections blocks id events people sources places prose table head rows caption "
    "chronology visits only figure file alt box text documents says event date after kind literal "
    "names family order issued key-points margin-facts facts label value quote by index annex "
    "numeric row-headers url"
)
keys = st.sampled_from(names.split())
values = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "a", "{a}", "{@a}", "{#a}", "[^a]", "1999", "{1999}", "yes", "☃"]),
    st.sampled_from(
        ["https://a@b", "https://[", "mailto:", "//a", "../a.svg", "a.svg", "/dev/zero"]
    ),
    st.text(max_size=8),
)
data = st.recursive(
    values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(keys, st.just("a")), inner, max_size=4),
    ),
    max_leaves=12,
)


@st.composite
def words_files(draw: st.DrawFn) -> dict[str, Any]:
    """Files that come near to the shape of a briefing, so that what lies deep is tried as well."""
    block = st.dictionaries(keys, data, min_size=1, max_size=1)
    section = {"id": st.sampled_from(["a", "b"]), "title": values, "blocks": st.lists(block)}
    sections = st.lists(st.fixed_dictionaries(section, optional={"sections": data}), max_size=3)
    required = {"title": values, "summary": values, "sections": st.one_of(sections, data)}
    others = dict.fromkeys(["events", "people", "places", "sources", "literal"], data)
    return draw(st.fixed_dictionaries(required, optional=others))


@many
@given(words=st.one_of(words_files(), data), facts=data)
def test_any_data_is_a_briefing_or_its_faults(note: Path, words: Any, facts: Any) -> None:
    files = (yaml.safe_dump(each, allow_unicode=True, sort_keys=False) for each in (words, facts))

    assert_well_placed(faults_of(note, *files), note.parent)


# Any name of a file, and any address

odd = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(
            ["a", "/", "..", ".", "\\", ":", "@", "%00", "%", "[", "]", "#", "?", " ", "٤"]
        ),
        max_size=8,
    ).map("".join),
)


@many
@given(name=odd)
def test_a_picture_by_any_name_is_one_of_the_folder_or_refused(note: Path, name: str) -> None:
    (note.parent / "a").write_text("secret")

    assert isinstance(measure(name, note), str)


@many
@given(host=odd, rest=odd, scheme=st.sampled_from(["https://", "http:", "mailto:", "HTTPS://a.b"]))
def test_any_address_leads_to_the_host_that_is_seen_or_is_refused(
    host: str, rest: str, scheme: str
) -> None:
    scope, href = scope_of(), f"{scheme}{host}{rest}"

    check_href(href, lambda: Span("en.yaml"), scope)

    if not scope.faults and not scheme.startswith("mailto"):
        assert "@" not in re.split("[/?#]", href.partition("//")[2])[0]
        assert href.isprintable()


# The real briefing, and the small one of the cases, with something done to them

Change = Callable[[str], str]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Delete, double, move or replace a line or a character."""
    where = draw(st.floats(min_value=0, max_value=1, exclude_max=True))
    to = draw(st.floats(min_value=0, max_value=1, exclude_max=True))
    kind = draw(st.sampled_from(["delete", "double", "move", "replace", "insert"]))
    by = draw(st.sampled_from([*yaml_marks, *yaml_others, "{", "{x}", "1999", "渡辺", "|"]))
    lines = draw(st.booleans())

    def change(text: str) -> str:
        parts = text.splitlines(keepends=True) if lines else list(text)
        at, other = int(where * len(parts)), int(to * len(parts))
        match kind:
            case "delete":
                del parts[at]
            case "double":
                parts.insert(at, parts[at])
            case "move":
                parts.insert(other, parts.pop(at))
            case "replace":
                parts[at] = by
            case _:
                parts.insert(at, by)
        return "".join(parts)

    return change


@few
@given(st.lists(changes(), min_size=1, max_size=3), st.sampled_from(["en.yaml", "facts.yaml"]))
def test_the_real_briefing_with_a_slip_is_a_briefing_or_its_faults(
    note: Path, slips: list[Change], name: str
) -> None:
    files = {file: text_of(REAL, file) for file in ("en.yaml", "facts.yaml")}
    for slip in slips:
        files[name] = slip(files[name])

    assert_well_placed(faults_of(note, files["en.yaml"], files["facts.yaml"]), note.parent)


@many
@given(st.lists(changes(), min_size=1, max_size=4), st.sampled_from(["en.yaml", "facts.yaml"]))
def test_the_small_briefing_with_a_slip_is_a_briefing_or_its_faults(
    note: Path, slips: list[Change], name: str
) -> None:
    files = {file: text_of(BASE, file) for file in ("en.yaml", "facts.yaml")}
    for slip in slips:
        files[name] = slip(files[name])

    assert_well_placed(faults_of(note, files["en.yaml"], files["facts.yaml"]), note.parent)

"""Ways out of a project's templates: each is refused, at its line, and none reads or runs anything.

The built-in cover is taken, and an attempt put below it. Beside the project lies a file with a
secret; `@` stands for its path.
"""

from __future__ import annotations

import json
import os
import pickle
import re
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefpress import press, sandbox
from briefpress.look import BUILT_IN as DEFAULT
from briefpress.look import find_templates
from briefpress.tasks import find_tasks
from tests.templates.conftest import BUILT_IN, SECRET, Project, contents_of


class _Run:
    """What runs code where it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


# Through Python
OBJECTS = [
    '{{ briefing.parse_file("@") }}',
    '{{ briefing.parse_raw("{}") }}',
    '{{ briefing.sections[0].parse_file("@", proto="pickle", allow_pickle=true) }}',
    '{{ briefing["parse_file"]("@") }}',
    '{{ briefing.series.parse_raw("{}") }}',
    "{{ briefing.model_fields }}",
    "{{ briefing.model_config }}",
    "{{ briefing.model_copy() }}",
    "{{ briefing.model_dump() }}",
    '{{ briefing.model_construct(id="x") }}',
    "{{ briefing.from_orm(briefing) }}",
    "{{ briefing.copy() }}",
    "{{ briefing.span.file }}",
    "{{ briefing.__class__ }}",
    "{{ briefing.__class__.__mro__[-1].__subclasses__() }}",
    '{{ briefing["__class__"] }}',
    "{{ written.__globals__ }}",
    "{{ written.__wrapped__ }}",
    "{{ written.cache_clear() }}",
    "{{ plain.__closure__ }}",
    "{{ href.__code__ }}",
    "{{ picture.__self__ }}",
    "{{ text.name }}",
    "{{ labels.__init__ }}",
    '{{ labels.pop("page") }}',
    '{{ labels.update({"page": "x"}) }}',
    '{{ "".__class__ }}',
    '{{ "".encode("rot13") }}',
    '{{ "{0.__class__}".format(briefing) }}',
    '{{ "{0.parse_file}".format_map({"0": briefing}) }}',
    '{{ ("{0.__class__}" | safe).format(briefing) }}',
    '{{ "%s" | format(briefing) }}',
    '{{ briefing | attr("parse_file") }}',
    '{{ [briefing] | map(attribute="__class__.__mro__") | list }}',
    '{{ [briefing] | map("attr", "__class__") | list }}',
    '{{ [briefing] | sum(attribute="parse_raw") }}',
    '{{ [briefing, briefing] | map(attribute="parse_file") | join }}',
    '{{ [briefing, briefing] | sort(attribute="__class__") }}',
    '{{ [briefing] | selectattr("__class__") | list }}',
    "{{ dict.mro() }}",
    "{{ dict.fromkeys([1]) }}",
    "{{ range.__init__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum() }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{% for _ in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for _ in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{{ [].append(1) }}",
    "{{ (briefing.summary | map('attr', 'x')).gi_frame }}",
    '{{ {"x onload=alert(1)": 1} | xmlattr }}',
    "{% do briefing.copy() %}",
    "{% debug %}",
    "{{ briefing.issued.date.__init__ }}",
    "{{ briefing.issued.date.points[0].first_day.today() }}",
    '{{ picture("@") }}',
    '{{ picture("../../../secret.txt") }}',
    '{{ reference("nothing") }}',
    "{{ notes_in() }}",
]
# Through names of templates
NAMES = [
    '{% include "@" %}',
    '{% include "../../secret.txt" %}',
    '{% include "../secret.txt" %}',
    '{% include "css/../../../secret.txt" %}',
    '{% include ["@", "../../secret.txt"] %}',
    '{% import "../../secret.txt" as x %}',
    '{% from "../../secret.txt" import x %}',
    '{% include "link.html.j2" %}',
    '{% include "linked/secret.txt" %}',
    '{% include "no-such.html.j2" %}',
    '{% include "\\0" %}',
]
# More than a machine has
TOO_MUCH = [
    '{{ "a" * 10000000000 }}',
    '{{ 10000000000 * "a" }}',
    "{{ [1] * 10000000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ range(10000000000) | list }}",
    '{{ "%10000000000d" % 1 }}',
    '{{ "a" | center(10000000000) }}',
    '{{ "a" | indent(10000000000) }}',
    '{{ "a".ljust(10000000000) }}',
    '{{ "a".zfill(10000000000) }}',
    '{{ "\\t".expandtabs(10000000000) }}',
    '{{ "{:10000000000}".format("a") }}',
    "{{ [1] | batch(10000000000, 1) | list }}",
    "{{ [1] | slice(10000000000) | list }}",
    "{{ {} | tojson(indent=10000000000) }}",
    "{{ [1] | random }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    '{% include "cover.html.j2" %}',
    "{% for i in [1] %}" * 30 + "{% endfor %}" * 30,
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
]
TOO_DEEP = TOO_MUCH[-2:]  # for Python, which doesn't say where
SYNTAX = ["{{ ", "{% if %}", "{% nothing %}", "{{ nothing }}", "{{ 1 / 0 }}", "{{ 1 | nothing }}"]

LINES_OF_THE_COVER = len((BUILT_IN / "cover.html.j2").read_text("utf-8").splitlines())


def assert_nothing_got_out(project: Project) -> None:
    for path in project.published():
        assert not any(SECRET.encode() in data for data in contents_of(path)), path


@pytest.mark.parametrize(
    "attempt", [*OBJECTS, *NAMES, *TOO_MUCH, *SYNTAX], ids=lambda each: each[:60]
)
def test_what_a_template_must_not_do_is_a_fault_at_its_line(project: Project, attempt: str) -> None:
    project.add_to("cover.html.j2", attempt.replace("@", str(project.secret)))
    templates = project.folder / "templates"
    (templates / "link.html.j2").symlink_to(project.secret)
    (templates / "linked").symlink_to(project.folder.parent)

    said = project.build("--format-errors", "json")

    assert said.exit_code == 1, said.output
    faults = json.loads(said.stdout)
    assert {fault["code"] for fault in faults} == {"template"}
    assert SECRET not in said.output
    assert project.published() == []
    places = {(fault["file"], fault["line"]) for fault in faults}
    if "link" in attempt:
        assert {file for file, _ in places} <= {
            "templates/link.html.j2",
            "templates/cover.html.j2",  # what a link to a folder leads to isn't there
        }
    else:
        line = 1 if attempt in TOO_DEEP else LINES_OF_THE_COVER + 1
        assert places == {("templates/cover.html.j2", line)}
    assert all(fault["hint"] and len(fault["message"]) < 400 for fault in faults)


def test_what_a_template_makes_has_an_end(project: Project) -> None:
    rounds = "{% for _ in range(100000) %}"
    endless = f"{rounds}{rounds}aaaaaaaaaa{{% endfor %}}{{% endfor %}}"
    project.add_to("cover.html.j2", endless)
    said = project.build()
    assert "error[template]: the template makes more than 67,108,864 characters" in said.stderr
    assert project.published() == []


@pytest.mark.parametrize(
    ("rounded", "made"),
    [
        ("5 | round(-1000000000)", "0"),
        ("5 | round(1000000000)", "5"),
        ("5.25 | round(-1000000000)", "0.0"),
        ("5.25 | round(1000000000)", "5.25"),
        ("1250 | round(-2)", "1200"),
        ("5.5 | round", "6.0"),
    ],
)
def test_no_rounding_computes_a_large_power(rounded: str, made: str) -> None:
    template = sandbox.environment(find_templates(DEFAULT)).from_string(f"{{{{ {rounded} }}}}")
    assert template.render() == made


HARMLESS = [
    "{{ briefing.series.title | upper }}",
    "{{ [briefing.title, briefing.subtitle] | map('length') | join(' ') }}",
    "{% set n = namespace(n=0) %}{% for s in [1, 2] %}{% set n.n = n.n + s %}{% endfor %}{{ n.n }}",
    "{% for s in briefing.sections %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% import 'inlines.html.j2' as inlines with context %}{{ inlines.text(briefing.title) }}",
    "{{ briefing.issued.date.points[0].month }} {{ briefing.issued.date.points | length }}",
    "{{ [briefing] | map(attribute='parse_file') | list }}",
    "{{ 12.5 | round | int }} {{ 2 * 3 }} {{ '-' * 20 }} {{ 7 % 4 }}",
    "{{ {'class': 'a'} | xmlattr }}",
    "{{ '<script>' }}",
    "{{ nothing is defined }}",
    "{% with c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}{% endwith %}",
]


@pytest.mark.parametrize("snippet", HARMLESS)
def test_what_a_template_may_do_is_done(project: Project, snippet: str) -> None:
    project.add_to("cover.html.j2", f'<p class="own">{snippet}</p>')
    said = project.build()
    # The proof lets no words pass that the source doesn't have; the template was rendered for it.
    assert set(re.findall(r"error\[([a-z-]+)\]", said.stderr)) <= {"proof-text", "proof-date"}
    assert_nothing_got_out(project)


# Why the sandbox of Jinja2 isn't enough


@pytest.fixture
def ran(tmp_path: Path) -> Path:
    """The folder that is there once the code of a template was run."""
    return tmp_path / "ran"


def unpickling(ran: Path) -> str:
    code = pickle.dumps(_Run(str(ran)), protocol=0).decode("ascii")
    return f'{{{{ briefing.parse_raw({json.dumps(code)}, proto="pickle", allow_pickle=true) }}}}'


def test_no_code_is_run_by_unpickling(project: Project, ran: Path) -> None:
    project.add_to("cover.html.j2", unpickling(ran))
    said = project.build()
    assert "error[template]: access to attribute 'parse_raw'" in said.stderr
    assert not ran.exists()


@pytest.mark.filterwarnings("ignore")
def test_code_would_be_run_by_unpickling(
    project: Project, ran: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the test above looks for something that there is."""
    jinja2s = ImmutableSandboxedEnvironment.is_safe_attribute
    monkeypatch.setattr(sandbox.Sandbox, "is_safe_attribute", jinja2s)
    project.add_to("cover.html.j2", unpickling(ran))
    (task,) = find_tasks(Path("content"), Path("output"), ["alpha"], project=Path("templates"))
    press.build_one(task)  # in this process, since another may not have the patch
    assert ran.exists()


def test_what_a_project_compiles_to_is_kept_nowhere(project: Project) -> None:
    templates = find_templates(DEFAULT)
    assert sandbox.environment(templates).bytecode_cache is not None
    assert sandbox.environment(templates.with_project(project.folder)).bytecode_cache is None

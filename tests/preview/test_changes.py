"""What is told after a change: of words, of facts, of templates, of folders that come and go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.serving import serving, until
from tests.source import ROOT


def test_a_change_is_told_and_shown(notes: Path) -> None:
    words = notes / "note/en.yaml"
    with serving("--content", notes) as preview, preview.news("note/en") as news:
        first = until(news, state="proved")
        words.write_text(words.read_text().replace("title: A treaty", "title: Another treaty", 1))
        assert until(news, state="making")["shows"] == first["shows"]
        soon = next(state for state in news if state["shows"] != first["shows"])
        assert soon["title"].startswith("Another treaty")
        assert [view for view in soon["shows"] if soon["shows"][view] != first["shows"][view]] == [
            "page"
        ]
        last = until(news, state="proved")
        assert all(last["shows"][view] != first["shows"][view] for view in last["shows"])
        assert b"Another treaty" in preview.get("/made/note/note.en.html")


def test_a_fault_is_told_with_its_line_and_the_last_good_page_stays(notes: Path) -> None:
    words = notes / "note/en.yaml"
    good = words.read_text()
    with serving("--content", notes) as preview, preview.news("note/en") as news:
        first = until(news, state="proved")
        words.write_text(f"{good}colour: red\n")
        faulty = until(news, state="faulty")
        assert (faulty["said"], faulty["faults"], faulty["shows"]) == (
            "1 fault",
            "1 fault",
            first["shows"],
        )
        told = preview.get("/faults/note/en").decode()
        line = good.count("\n") + 1
        assert f"<code>{notes}/note/en.yaml:{line}:1</code>" in told
        assert '<a class="code" href="/codes#unknown-key"' in told
        assert f">{line}</span><code><mark>colour</mark>: red</code>" in told
        assert b'id="unknown-key"' in preview.get("/codes")
        words.write_text(good)
        assert until(news, faults="")["state"] == "making"
        assert until(news, state="proved")["shows"] == first["shows"]


def test_the_latest_of_several_changes_is_shown(notes: Path) -> None:
    words = notes / "note/en.yaml"
    good = words.read_text()
    with serving("--content", notes) as preview, preview.news("note/en") as news:
        until(news, state="proved")
        for title in ("First", "Second", "Third"):
            words.write_text(good.replace("title: A treaty", f"title: {title} treaty", 1))
            until(news, state="making")
        assert until(news, state="proved")["title"].startswith("Third")
        assert b"Third treaty" in preview.get("/made/note/note.en.html")


def test_a_file_that_is_saved_as_it_was_changes_nothing(notes: Path) -> None:
    words, other = notes / "note/en.yaml", notes / "note/note.txt"
    with serving("--content", notes) as preview, preview.news("note/en") as news:
        until(news, state="proved")
        words.write_text(words.read_text())
        other.write_text("Nothing that a briefing is made from.")
        words.write_text(words.read_text().replace("title: A", "title: B", 1))
        assert next(news)["state"] == "making"
        assert preview.process.poll() is None


def test_briefings_and_languages_come_and_go(notes: Path) -> None:
    with serving("--content", notes) as preview, preview.news() as news:
        assert set(next(news)["editions"]) == {"note.en"}
        shutil.copytree(notes / "note", notes / "other")
        assert set(next(n for n in news if len(n["editions"]) == 2)["editions"]) == {
            "note.en",
            "other.en",
        }
        with preview.news("other/en") as of_other:
            until(of_other, state="proved")
            shutil.rmtree(notes / "other")
            until(of_other, state="gone")
        assert set(next(n for n in news if len(n["editions"]) == 1)["editions"]) == {"note.en"}
        assert preview.ask("/view/other/en/page")[0].status == 404


def test_the_list_tells_titles_and_faults_without_building(content: Path) -> None:
    words = content / "beta/en.yaml"
    words.write_text(words.read_text().replace("{start}", "{strat}", 1))
    with serving("--content", content) as preview, preview.news() as news:
        read = next(n for n in news if n["editions"]["beta.en"]["state"] != "unread")["editions"]
        assert read["alpha.en"] == {"title": "Alpha", "state": "read", "said": "not built yet"}
        assert read["beta.en"]["said"] == "1 fault"
        assert preview.ask("/made/beta/beta.en.html")[0].status == 404


def test_the_list_draws_no_pictures(content: Path) -> None:
    """What can't be drawn is told of where it is drawn, as what can't be laid out is."""
    with (content / "alpha/en.yaml").open("a") as words:
        block = "map: {alt: A, caption: B, highlight: [bv]}"
        words.write(f"  - {{id: drawn, title: Drawn, blocks: [{{{block}}}]}}\n")
    with serving("--content", content) as preview:
        with preview.news() as news:
            read = next(n for n in news if n["editions"]["alpha.en"]["state"] != "unread")
            assert read["editions"]["alpha.en"]["said"] == "not built yet"
        with preview.news("alpha/en") as news:
            assert until(news, state="faulty")["said"] == "1 fault"


def test_content_that_isnt_there_is_told_until_it_is(notes: Path) -> None:
    away = notes.rename(notes.with_name("away"))
    with serving("--content", notes) as preview, preview.news() as news:
        assert next(news)["faults"] == "1 fault"
        assert f"{notes}:1:1" in preview.get("/faults").decode()
        shutil.copytree(away, notes)
        assert set(until(news, faults="")["editions"]) == {"note.en"}
        shutil.rmtree(notes)
        assert next(news)["faults"] == "1 fault"


def test_a_series_with_a_fault_is_told_to_those_who_look_at_an_edition(notes: Path) -> None:
    series = notes / "series.yaml"
    good = series.read_text()
    with serving("--content", notes) as preview, preview.news("note/en") as news:
        until(news, state="proved")
        series.write_text(f"{good}colour: red\n")
        assert until(news, state="faulty")["shows"]
        assert "unknown-key" in preview.get("/faults/note/en").decode()
        series.write_text(good)
        until(news, state="proved")


@pytest.mark.parametrize("broken", ["{% if %}", "{{ nothing.there }}"])
def test_a_template_of_the_project_is_watched(notes: Path, broken: str) -> None:
    section = notes.parent / "templates/section.html.j2"
    own = (ROOT / "templates/section.html.j2").read_text()
    with serving(cwd=notes.parent) as preview, preview.news("note/en") as news:
        first = until(news, state="proved")
        section.parent.mkdir()
        section.write_text(own.replace('class="section', 'class="ours section', 1))
        until(news, state="making")
        assert until(news, state="proved")["shows"] != first["shows"]
        section.write_text(f"\n{broken}{own}")
        until(news, state="faulty")
        told = preview.get("/faults/note/en").decode()
        assert "<code>templates/section.html.j2:2:1</code>" in told
        assert "<mark>" in told


def test_a_built_in_template_is_watched_by_whoever_works_on_it(notes: Path) -> None:
    checkout = notes.parent
    for name in ("briefpress", "templates"):
        shutil.copytree(ROOT / name, checkout / name)
    section = checkout / "templates/section.html.j2"
    own = section.read_text()
    with serving(cwd=checkout, program_in=checkout) as preview, preview.news("note/en") as news:
        first = until(news, state="proved")
        section.write_text(f"\n{{{{ nothing.there }}}}{own}")
        assert until(news, state="faulty")["shows"] == first["shows"]
        assert (
            "<code>templates/section.html.j2:2:1</code>" in preview.get("/faults/note/en").decode()
        )
        section.write_text(own)
        assert until(news, state="proved")["shows"] == first["shows"]


def test_a_job_that_takes_too_long_is_told(notes: Path) -> None:
    templates = notes.parent / "templates"
    templates.mkdir()
    (templates / "cover.html.j2").write_text(
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    )
    with serving("--time-limit", "1", cwd=notes.parent) as preview:
        with preview.news("note/en") as news:
            assert until(news, state="faulty")["said"] == "1 fault"
        assert "took more than 1 s" in preview.get("/faults/note/en").decode()


def test_what_the_proof_finds_is_told(notes: Path) -> None:
    templates = notes.parent / "templates/blocks"
    with serving(cwd=notes.parent) as preview, preview.news("note/en") as news:
        first = until(news, state="proved")
        templates.mkdir(parents=True)
        (templates / "paragraph.html.j2").write_text("<p>Something else.</p>\n")
        faulty = until(news, state="faulty")
        assert "proof-text" in preview.get("/faults/note/en").decode()
        assert faulty["shows"]["pages"] == first["shows"]["pages"]

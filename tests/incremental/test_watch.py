"""A stamp is left only of what is as the run was to leave it."""

from __future__ import annotations

from pathlib import Path

from briefpress import watch
from briefpress.press_run import Order, Outcome, Plan, run
from briefpress.tasks import find_tasks


def test_what_is_not_listed_under_its_key_is_not_watched(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    tasks = find_tasks(content, output, formats=["html"])
    happened = list(run(tasks, Order(jobs=1)))
    (plan,) = (each for each in happened if isinstance(each, Plan))
    assert [each.faults for each in happened if isinstance(each, Outcome)] == [(), ()]
    assert plan.keys.keys() == {"alpha/alpha.en.html", "beta/beta.en.html"}
    watched = watch.outputs(output, plan.keys) or {}
    assert {Path(path).name for path in watched} >= {
        *("alpha.en.html", "beta.en.html", "index.html", "manifest.json", "SHA256SUMS")
    }
    assert all(watched.values())
    another = plan.keys | {"alpha/alpha.en.html": "0" * 64}
    assert watch.outputs(output, another) is None
    assert watch.outputs(output, plan.keys | {"alpha/alpha.en.pdf": "0" * 64}) is None


def test_all_of_the_content_is_watched(content: Path, tmp_path: Path) -> None:
    (content / "alpha" / "figures").mkdir()
    (content / "alpha" / "figures" / "lake.svg").write_text("<svg/>")
    (content / "alpha" / "linked").symlink_to("figures")
    task = find_tasks(content, tmp_path / "out")[0]
    watched = watch.inputs(task)
    below = {str(path) for path in (content, *content.rglob("*"))}
    assert below <= watched.keys()
    assert all(watched[path] for path in below)

"""The process that runs Vega-Lite: what it answers, and what it doesn't do."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from briefpress import press
from briefpress.diagnostics import Code
from briefpress.drawing.charts import vega
from briefpress.extras import how_to_install
from briefpress.tasks import find_tasks

BARS: dict[str, object] = {
    "data": {"values": [{"a": 1, "b": 2}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}},
}


def test_what_is_no_specification_is_refused_and_the_next_is_drawn() -> None:
    with pytest.raises(vega.VegaError):
        vega.svg_of({"mark": "pie"})
    assert vega.svg_of(BARS).startswith("<svg")


def test_a_process_that_died_is_told_and_another_takes_its_place() -> None:
    vega.svg_of(BARS)
    vega._process(os.getpid()).kill()
    with pytest.raises(vega.VegaError, match="exit code -9"):
        vega.svg_of(BARS)
    assert vega.svg_of(BARS).startswith("<svg")


def test_nothing_is_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/data.json"
        drawn = answer({**BARS, "data": {"url": url}})
        with pytest.raises(BlockingIOError):
            server.accept()
    assert 'aria-label="a' not in drawn


def test_no_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text('[{"a": 12345, "b": 2}]')
    for url in (f"file://{tmp_path}/data.json", f"{tmp_path}/data.json"):
        assert "12345" not in answer({**BARS, "data": {"url": url}})


def answer(specification: dict[str, object]) -> str:
    """What is drawn, or why not."""
    try:
        return vega.svg_of(specification)
    except vega.VegaError as error:
        return str(error)


def test_a_chart_without_vega_lite_is_a_fault_that_says_how_to_install_it(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (content / "alpha" / "en.yaml").write_text(_CHART)
    (content / "alpha" / "facts.yaml").unlink()
    monkeypatch.setattr(vega, "is_installed", lambda: False)
    task, _ = find_tasks(content, content.parent / "out")

    (fault,) = press.build_one(task).faults

    assert fault.code is Code.MISSING_EXTRA
    assert fault.hint == how_to_install("charts")
    assert fault.span.line == 7


_CHART = """\
title: A chart
summary: It has one.
sections:
  - id: first
    title: The first
    blocks:
      - chart:
          type: bar
          caption: Exports
          alt: One bar
          head: [year, exports]
          rows: [["2001", "1"]]
          dates: {field: year, title: Year}
          values: [{field: exports, title: Exports}]
"""

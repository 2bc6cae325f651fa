"""docs/templates.md lists what templates are given, all of it."""

from __future__ import annotations

import re

from briefpress import sandbox
from briefpress.content.labels import read_labels
from briefpress.look import BUILT_IN, find_templates
from briefpress.pages import Pages, Target
from fuzz.briefing import read_with
from tests.source import ROOT

DOCUMENTED = set(re.findall(r"`(\w+)", (ROOT / "docs" / "templates.md").read_text("utf-8")))


def test_what_templates_are_given_is_documented() -> None:
    briefing, templates = read_with(), find_templates(BUILT_IN)
    assert briefing is not None
    target = Target("web", anchor=str, picture=str)
    pages = Pages(templates, briefing, read_labels(templates, "en"), target)
    assert pages.context.keys() - DOCUMENTED == set()


def test_filters_and_functions_are_documented() -> None:
    short = {"d", "e"}  # other names of `default` and `escape`
    filters = sandbox.environment(find_templates(BUILT_IN)).filters
    assert filters.keys() - DOCUMENTED - short == set()
    assert sandbox.GLOBALS <= DOCUMENTED

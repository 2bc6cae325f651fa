"""How Sphinx makes a site of the project's Markdown: `make site`.

The project's own folder is the source, so that pages in `docs/` and those beside it link to each
other here as they do in the repository.
"""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"

project = "Briefpress"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    "docs/*.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "bench/RESULTS.md",
    "fuzz/RESULTS.md",
]
# Folders that aren't looked into at all.
exclude_patterns = [".*", "briefpress", "content", "output", "requirements", "tests", "validators"]
nitpicky = True
smartquotes_action = "q"  # quotes and apostrophes; dashes are typed as they are meant
myst_heading_anchors = 4  # as in the repository, where each heading can be linked to


def colours(stylesheet: str) -> dict[str, str]:
    """Furo's colours, made of the briefings'."""
    text = (TEMPLATES / "css" / stylesheet).read_text("utf-8")
    token = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", text))
    return {
        "color-brand-primary": token["accent"],
        "color-brand-content": token["accent"],
        "color-brand-visited": token["accent"],
        "color-foreground-primary": token["ink"],
        "color-foreground-secondary": token["muted"],
        "color-foreground-muted": token["muted"],
        "color-foreground-border": token["line"],
        "color-background-primary": token["paper"],
        "color-background-secondary": token["tint"],
        "color-background-hover": token["tint"],
        "color-background-border": token["line"],
        "color-sidebar-background": token["paper"],
        "color-code-background": token["tint"],
        "color-inline-code-background": token["tint"],
        "color-link-underline": token["line"],
    }


html_theme = "furo"
html_title = "Briefpress"
html_theme_options = {
    "light_css_variables": colours("tokens.css"),
    "dark_css_variables": colours("dark.css"),
}
html_copy_source = False
html_show_copyright = False
html_extra_path = ["site/index.html"]
html_css_files = ["site.css"]
faces = ["Sans-Regular", "Sans-Italic", "Sans-Semibold"]
faces += [
    "Serif-Regular",
    "Serif-Italic",
    "Serif-Semibold",
    "SerifDisplay-Semibold",
    "SansJP-Regular",
]
html_static_path = ["site/site.css", *(f"{TEMPLATES}/fonts/Briefpress{face}.ttf" for face in faces)]


def with_levels(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    """Sphinx calls the captions of the contents headings, and doesn't say of which level."""
    contents = context["furo_navigation_tree"]
    context["furo_navigation_tree"] = contents.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("html-page-context", with_levels, priority=900)  # after Furo's own

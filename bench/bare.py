"""What a bare script does: load YAML, render a template, write an untagged PDF with WeasyPrint.

Called by cold.py with the content, the template, the stylesheet and the file to write.
"""

import sys
from pathlib import Path

import jinja2
import weasyprint
import yaml

content, template, stylesheet, output = map(Path, sys.argv[1:])
values = yaml.safe_load(content.read_text("utf-8"))
html = jinja2.Template(template.read_text("utf-8")).render(values)
weasyprint.HTML(string=html).write_pdf(output, stylesheets=[weasyprint.CSS(filename=stylesheet)])

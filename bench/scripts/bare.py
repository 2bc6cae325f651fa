"""What a bare script does: load YAML, render a template, write an untagged PDF with WeasyPrint.

Called with the content, the template, the stylesheet and the file to write.
"""

import sys
from pathlib import Path

import jinja2
import weasyprint
import yaml
from weasyprint.text.fonts import FontConfiguration

content, template, stylesheet, output = map(Path, sys.argv[1:])
values = yaml.safe_load(content.read_text("utf-8"))
html = jinja2.Template(template.read_text("utf-8")).render(values)
fonts = FontConfiguration()  # without it, faces that a stylesheet declares aren't loaded
css = weasyprint.CSS(filename=stylesheet, font_config=fonts)
weasyprint.HTML(string=html).write_pdf(output, stylesheets=[css], font_config=fonts)

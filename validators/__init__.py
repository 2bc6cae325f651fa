"""Independent programs that are asked about what Briefpress publishes.

From low to high, each may import those before it: `verdict` (what a validator says), `programs`
(runs Java and Node), the subjects (`pdf`; `epub` and `nu`; `book` and `reading_system`; `web` and
`structured_data`), `table`, and the command line in `__main__`. What is in `browser/` drives
Chromium.
"""

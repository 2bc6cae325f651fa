"""Briefpress publishes briefings: YAML in, a proved PDF, EPUB and web page out."""

__version__ = "0.1.0"

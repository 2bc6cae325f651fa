"""Drafts of briefings, made from documents that other programs wrote."""

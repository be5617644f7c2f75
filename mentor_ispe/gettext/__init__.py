"""Texts for translators, by Frappe's own tools: docs/translating.md."""

"""The templates of a page are compiled once, and again when their text changes."""

from __future__ import annotations

import frappe
from frappe.utils import set_request
from frappe.website.serve import get_response
from jinja2 import Environment

from mentor_ispe.portal.templates import CompiledTemplates


def test_a_page_that_was_rendered_needs_no_template_compiled(site, monkeypatch):
	compiled: list[str] = []
	generate = Environment._generate

	def noting(self, source, name, filename, defer_init=False):
		if filename:  # a text that isn't a file is never kept
			compiled.append(filename)
		return generate(self, source, name, filename, defer_init)

	monkeypatch.setattr("mentor_ispe.portal.templates.COMPILED", CompiledTemplates())
	monkeypatch.setattr(Environment, "_generate", noting)
	_open_page()
	assert any(name.endswith("templates/mentoring/page.html") for name in compiled), compiled
	compiled.clear()
	_open_page()
	assert compiled == []


def _open_page() -> None:
	"""As a new request does, with nothing of the one before."""
	frappe.local.jenv = None
	set_request(method="GET", path="/mentoring")
	response = get_response("/mentoring")
	assert response.status_code == 200

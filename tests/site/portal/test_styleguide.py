"""The style guide: every component of the members' pages, for staff alone."""

from __future__ import annotations

import re
from pathlib import Path

import frappe
import pytest
from bs4 import BeautifulSoup
from frappe.utils import set_request
from frappe.website.path_resolver import PathResolver

import mentor_ispe
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.www import mentoring_styleguide
from tests import factories as make
from tests.http.people import make_staff
from tests.site.sign_in import sign_in

MACROS = Path(mentor_ispe.__file__).parent / "templates" / "mentoring" / "macros"
# Pieces that others are made of, and the ends of forms, which would send something.
PIECES = {"hidden", "form_start", "form_end", "typed", "help_of", "label_of", "due_of", "about_of", "name_of"}


def _open(user: str):
	sign_in(user)
	set_request(method="GET", path="/mentoring-styleguide")
	frappe.local.form_dict = frappe._dict()
	_endpoint, page = PathResolver("mentoring-styleguide").resolve()
	return page.render()


@pytest.mark.parametrize("role", [COORDINATOR, COMMITTEE])
def test_staff_see_every_component(site, role):
	soup = BeautifulSoup(_open(make_staff(role)).get_data(as_text=True), "html.parser")
	shown = {code.get_text() for code in soup.select("h2 code")}
	macros = {
		name
		for file in MACROS.glob("*.html")
		for name in re.findall(r"{%-? macro (\w+)\(", file.read_text(encoding="utf-8"))
	}
	assert macros - PIECES == shown & macros
	assert soup.select(".mentoring-day")
	assert soup.select(".mentoring-year")


def test_nobody_else_does(site):
	sign_in(make.make_user().name)
	with pytest.raises(frappe.PermissionError):
		mentoring_styleguide.get_context(frappe._dict())


def test_a_guest_signs_in_first(site):
	sign_in("Guest")
	with pytest.raises(frappe.Redirect):
		mentoring_styleguide.get_context(frappe._dict())
	assert frappe.local.flags.redirect_location == "/login?redirect-to=/mentoring-styleguide"

"""Fixtures for tests over HTTP, against a site that bin/test serves.

The records are made in this process and committed, as the requests come in on other connections; what
a module made is deleted at its end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import frappe
import pytest

from mentor_ispe.roles import COMMITTEE, COORDINATOR
from tests import factories as make
from tests.http.client import Client
from tests.http.people import make_api_key, make_password, make_staff
from tests.http.two_groups import groups

__all__ = ["groups"]  # a fixture, used by name

SETTINGS = "Mentoring Settings"


@pytest.fixture(scope="session")
def base_url() -> str:
	"""Where the test site is served: MENTOR_BASE_URL."""
	return os.environ["MENTOR_BASE_URL"]


@pytest.fixture(scope="module")
def site(connected) -> Iterator[str]:
	"""The served site on the membership roll; what the module commits is deleted afterwards."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	there = _names()
	settings = frappe.db.get_singles_dict(SETTINGS)
	make.use_membership_roll()
	frappe.db.commit()
	yield connected
	frappe.db.rollback()
	_delete_all_but(there)
	for field in ("membership_source", "default_grace_days"):
		frappe.db.set_single_value(SETTINGS, field, settings.get(field))
	frappe.db.commit()
	frappe.clear_cache()


@pytest.fixture(scope="module")
def keyed(site, base_url) -> Callable[..., Client]:
	"""Makes a client with an API key: `keyed(user)`."""
	return lambda user: Client(base_url, make_api_key(user))


@pytest.fixture(scope="module")
def signed_in(site, base_url) -> Callable[..., Client]:
	"""Makes a client with a session of its own, as a browser has: `signed_in(user)`. Private words need one."""
	return lambda user: Client(base_url).log_in(user, make_password(user))


@pytest.fixture(scope="module")
def administrator(site, base_url) -> Client:
	"""Administrator, signed in; their password is afterwards what it was."""
	passwords = frappe.qb.Table("__Auth")
	mine = (
		(passwords.doctype == "User")
		& (passwords.name == "Administrator")
		& (passwords.fieldname == "password")
	)
	((before,),) = frappe.qb.from_(passwords).select(passwords.password).where(mine).run()
	client = Client(base_url).log_in("Administrator", make_password("Administrator"))
	frappe.qb.update(passwords).set(passwords.password, before).where(mine).run()
	frappe.db.commit()
	return client


@pytest.fixture(scope="module")
def guest(site, base_url) -> Client:
	return Client(base_url)


@pytest.fixture(scope="module")
def coordinator(site, base_url) -> Client:
	"""A coordinator who may also import data and keep boards."""
	return Client(base_url, make_api_key(make_staff(COORDINATOR, "System Manager")))


@pytest.fixture(scope="module")
def committee(site, base_url) -> Client:
	return Client(base_url, make_api_key(make_staff(COMMITTEE)))


@pytest.fixture
def outgoing_mail(site):
	"""An account that Frappe's own mails can be queued for; nothing is sent."""
	if frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		yield
		return
	account = frappe.new_doc("Email Account")
	account.update(
		{"email_account_name": "Portal tests", "email_id": "portal@example.org", "default_outgoing": 1}
	)
	account.update({"enable_outgoing": 1, "smtp_server": "127.0.0.1", "awaiting_password": 1})
	account.name = account.email_account_name
	account.db_insert()
	frappe.db.commit()
	frappe.clear_cache()
	yield
	frappe.db.rollback()
	frappe.db.delete("Email Account", {"name": account.name})
	frappe.db.delete("Email Queue", {"sender": ("like", "%portal@example.org%")})
	frappe.db.commit()
	frappe.clear_cache()


def _doctypes() -> list[str]:
	ours = frappe.get_all("DocType", {"module": "Mentor ISPE", "issingle": 0, "is_virtual": 0}, pluck="name")
	return [
		*ours,
		*("User", "Has Role", "Notification Settings", "Contact", "Contact Email"),
		*("Data Import", "Data Import Log", "File", "Kanban Board", "Kanban Board Column", "Error Log"),
	]


def _names() -> dict[str, set[str]]:
	return {doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in _doctypes()}


def _delete_all_but(there: dict[str, set[str]]) -> None:
	for doctype, names in there.items():
		new = set(frappe.get_all(doctype, pluck="name")) - names
		for start in range(0, len(new), 500):
			frappe.db.delete(doctype, {"name": ("in", sorted(new)[start : start + 500])})

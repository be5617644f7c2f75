"""People and things that attacks start from: a member, somebody with a login only, a guest, files."""

from __future__ import annotations

import os
from types import SimpleNamespace

import frappe
import pytest

from tests import factories as make
from tests.http.client import Client
from tests.http.people import make_api_key, make_member

SECRET = "what-only-its-owner-may-read"
LEFT_BEHIND = (
	*(
		"Comment",
		"Communication",
		"Communication Link",
		"Dashboard Chart",
		"Number Card",
		"Dashboard",
		"Event",
	),
	*("Personal Data Download Request", "Personal Data Deletion Request", "ToDo", "Email Queue", "DocShare"),
	*("Lead", "Opportunity", "Appointment", "Prepared Report"),
	*("Email Queue Recipient", "Notification Log", "Document Follow", "Tag Link", "Access Log", "View Log"),
)


@pytest.fixture(scope="module", autouse=True)
def nothing_left_behind(site):
	"""Whatever an attack that got through has written."""
	there = {doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in LEFT_BEHIND}
	yield
	frappe.db.rollback()
	for doctype, names in there.items():
		for name in set(frappe.get_all(doctype, pluck="name")) - names:
			frappe.db.delete(doctype, {"name": name})
	frappe.db.commit()


@pytest.fixture(scope="module")
def member(site, base_url) -> SimpleNamespace:
	"""`profile`, `user`, `client` of a member with a login."""
	profile, user = make_member()
	return SimpleNamespace(profile=profile, user=user, client=Client(base_url, make_api_key(user)))


@pytest.fixture(scope="module")
def outsider(site, base_url) -> SimpleNamespace:
	"""Somebody with a login and nothing else."""
	return make_outsider(base_url)


@pytest.fixture
def another(site, base_url) -> SimpleNamespace:
	"""The same, for one test: whoever changes their own User loses the API key."""
	return make_outsider(base_url)


def make_outsider(base_url: str) -> SimpleNamespace:
	user = make.make_user(first_name="Olga", last_name="Outside").name
	frappe.db.commit()
	return SimpleNamespace(user=user, client=Client(base_url, make_api_key(user)))


@pytest.fixture(scope="module")
def secret_file(site):
	"""A private file of the Administrator's, attached to nothing."""
	return make_file()


def make_file(private: int = 1, **values):
	"""A new file on the disk, committed."""
	doc = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"secret-{frappe.generate_hash(length=6)}.txt",
			"content": f"{SECRET} {frappe.generate_hash(length=10)}",
			"is_private": private,
			**values,
		}
	).insert()
	frappe.db.commit()
	return doc


def path_of(file) -> str:
	"""Where the file lies on the disk, as the record says it."""
	return os.path.join(
		os.environ["MENTOR_BENCH"],
		"sites",
		frappe.local.site,
		*([] if file.is_private else ["public"]),
		file.file_url.strip("/"),
	)

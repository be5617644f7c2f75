"""The table of permissions holds: for each DocType of ours, as Frappe itself answers, for everybody's records."""

from __future__ import annotations

import frappe
import pytest

from tests import permission_matrix as matrix
from tests.canaries.readers import Readers
from tests.canaries.world import CALLERS, World
from tests.http.canary_world import canaries
from tests.http.client import Client
from tests.permission_matrix import COMMITTEE, COORDINATOR, RIGHTS, SYSTEM_MANAGER

__all__ = ["canaries"]  # a fixture, used by name

ROLE_OF = {
	"guest": "Guest",
	"outsider": "All",
	"member": matrix.MEMBER,
	"former": matrix.MEMBER,
	"mentor": matrix.MEMBER,
	"committee": COMMITTEE,
	"coordinator": COORDINATOR,
	"conflict": COORDINATOR,
	"manager": SYSTEM_MANAGER,
}
# Asked of the DocType; the others are asked of each record as well.
OF_THE_DOCTYPE = ("create", "import")


def may(person: str, doctype: str, action: str, closed: bool) -> bool:
	rights = RIGHTS[doctype]
	return action in rights.of(ROLE_OF[person]) and not (rights.closed and closed)


@pytest.mark.parametrize("person", ROLE_OF)
@pytest.mark.parametrize("doctype", RIGHTS)
def test_person_may_do_with_records_what_the_table_says(canaries, doctype, person):
	"""Own records, those of one's group, and others', one by one."""
	frappe.db.rollback()
	user = canaries.people[person]["user"]
	for action in matrix.ACTIONS:
		if action in OF_THE_DOCTYPE:
			found = bool(frappe.has_permission(doctype, action, user=user))
			assert found == may(person, doctype, action, False), action
	for name, closed in records(canaries, doctype, person):
		for action in matrix.ACTIONS:
			if action not in OF_THE_DOCTYPE:
				found = bool(frappe.has_permission(doctype, action, doc=name, user=user))
				assert found == may(person, doctype, action, closed), (action, name, closed)


@pytest.mark.parametrize("person", ROLE_OF)
@pytest.mark.parametrize("doctype", [doctype for doctype in RIGHTS if doctype != "Mentoring Settings"])
def test_person_lists_what_the_table_says(canaries, doctype, person):
	frappe.db.rollback()
	there = records(canaries, doctype, person)
	frappe.set_user(canaries.people[person]["user"])
	try:
		found = set(frappe.get_list(doctype, pluck="name", limit=0))
	except frappe.PermissionError:
		found = set()
	finally:
		frappe.set_user("Administrator")
	for name, closed in there:
		assert (name in found) == may(person, doctype, "read", closed), (name, closed)


@pytest.mark.parametrize("person", CALLERS)
def test_rest_answers_as_the_table_says(canaries, base_url, person):
	"""Each record, through one or the other version of the interface."""
	client = Client(base_url)
	client.cookies = {"sid": canaries.people[person]["session"] or "Guest"}
	versions = ("/api/resource", "/api/v2/document")
	wrong = []
	for doctype in RIGHTS:
		for number, (name, closed) in enumerate(records(canaries, doctype, person)):
			status = client.get(f"{versions[number % 2]}/{doctype}/{name}").status
			if status != (200 if may(person, doctype, "read", closed) else 403):
				wrong.append((doctype, name, closed, status))
	assert wrong == []


def records(world: World, doctype: str, person: str) -> list[tuple[str, bool]]:
	"""The world's records of the DocType: (name, whether it is about a group that the person is or was in)."""
	if doctype == "Mentoring Settings":
		return [(doctype, False)]
	readers = Readers(world)
	return [(name, readers.is_party(person, doctype, name)) for name in world.records[doctype]]

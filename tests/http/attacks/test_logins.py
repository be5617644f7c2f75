"""C8: one's own login, renamed to another person's address."""

from __future__ import annotations

import frappe
import pytest

from tests import factories as make
from tests.http.rounds import look_again

TARGET = "somebody-else@example.org"
ENTRY_POINTS = {
	"rename_doc": lambda client, old, new, merge: client.call(
		"frappe.client.rename_doc", doctype="User", old_name=old, new_name=new, merge=merge
	),
	"update_document_title": lambda client, old, new, merge: client.call(
		"frappe.model.rename_doc.update_document_title", doctype="User", docname=old, name=new, merge=merge
	),
	"enqueued": lambda client, old, new, merge: client.call(
		"frappe.model.rename_doc.update_document_title",
		doctype="User",
		docname=old,
		name=new,
		merge=merge,
		enqueue=1,
	),
	"document": lambda client, old, new, merge: client.post(
		f"/api/v2/document/User/{old}/method/rename", {"name": new, "merge": merge, "force": 1}
	),
	"run_doc_method": lambda client, old, new, merge: client.post(
		"/api/method/run_doc_method",
		{"dt": "User", "dn": old, "method": "rename", "args": {"name": new, "merge": merge, "force": 1}},
	),
}


@pytest.mark.parametrize("entry_point", ENTRY_POINTS)
def test_c8_nobody_renames_their_own_login(outsider, entry_point):
	answer = ENTRY_POINTS[entry_point](outsider.client, outsider.user, TARGET, 0)
	assert answer.status == 403, answer.text[:500]
	look_again()
	assert frappe.db.exists("User", outsider.user)
	assert not frappe.db.exists("User", TARGET)


@pytest.mark.parametrize("entry_point", ENTRY_POINTS)
def test_c8_nobody_merges_their_login_into_anothers(outsider, member, entry_point):
	answer = ENTRY_POINTS[entry_point](outsider.client, outsider.user, member.user, 1)
	assert answer.status == 403, answer.text[:500]
	look_again()
	assert frappe.db.exists("User", outsider.user)


def test_c8_the_address_of_ones_own_login_stays(another):
	for fieldname in ("email", "username", "name", "user_type", "enabled"):
		another.client.call(
			"frappe.client.set_value", doctype="User", name=another.user, fieldname=fieldname, value=TARGET
		)
	look_again()
	assert frappe.db.get_value("User", another.user, ["email", "user_type"]) == (another.user, "Website User")


def test_c8_a_system_manager_renames(coordinator):
	user = make.make_user().name
	frappe.db.commit()
	new = f"new-{user}"
	answer = ENTRY_POINTS["rename_doc"](coordinator, user, new, 0)
	assert answer.ok, answer.text[:500]

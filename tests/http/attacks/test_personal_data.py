"""H6: another person's data asked for, or erased."""

from __future__ import annotations

import json

import frappe
import pytest

from tests.http.rounds import look_again

DOWNLOAD, DELETION = "Personal Data Download Request", "Personal Data Deletion Request"
FORMS = {DOWNLOAD: ("request-data", "user"), DELETION: ("request-to-delete-data", "email")}


def web_form(client, doctype: str, person: str):
	form, field = FORMS[doctype]
	data = json.dumps({"doctype": doctype, "web_form_name": form, field: person, "user_name": "x"})
	return client.call("frappe.website.doctype.web_form.web_form.accept", web_form=form, data=data)


def rest(client, doctype: str, person: str):
	return client.post(f"/api/resource/{doctype}", {FORMS[doctype][1]: person})


@pytest.mark.parametrize("doctype", FORMS)
@pytest.mark.parametrize("entry_point", [web_form, rest])
def test_h6_nobody_asks_for_another_persons_data(outsider, member, guest, entry_point, doctype):
	for client in (outsider.client, guest):
		answer = entry_point(client, doctype, member.user)
		assert answer.status == 403, answer.text[:500]
	look_again()
	assert not frappe.db.exists(doctype, {FORMS[doctype][1]: member.user})
	assert not frappe.db.exists("Email Queue Recipient", {"recipient": member.user})


def test_h6_ones_own_data_is_given(outsider):
	answer = web_form(outsider.client, DOWNLOAD, outsider.user)
	assert answer.ok, answer.text[:500]
	look_again()
	assert frappe.db.get_value(DOWNLOAD, {"user": outsider.user}, "owner") == outsider.user

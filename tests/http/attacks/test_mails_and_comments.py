"""C6 and M2: words in the name of the association, or of somebody else."""

from __future__ import annotations

import frappe
import pytest

from tests.http.rounds import look_again

MAKE = "frappe.core.doctype.communication.email.make"
COMMENTS = "frappe.templates.includes.comments.comments.add_comment"
WORDS = "Send your password to this address"


@pytest.mark.parametrize("door", ["method", "v2", "v2 of the DocType", "another name", "cmd"])
@pytest.mark.parametrize("about", ["nothing", "own login"])
def test_c6_a_mail_of_the_association_is_not_written_by_a_member(member, door, about):
	values = {"recipients": "victim@example.org", "subject": "Important", "content": WORDS, "send_email": 1}
	if about == "own login":
		values |= {"doctype": "User", "name": member.user}
	answer = {
		"method": lambda: member.client.call(MAKE, **values),
		"v2": lambda: member.client.post(f"/api/v2/method/{MAKE}", values),
		"v2 of the DocType": lambda: member.client.post("/api/v2/method/Communication/make", values),
		"another name": lambda: member.client.call(
			"frappe.automation.doctype.auto_repeat.auto_repeat.make", **values
		),
		"cmd": lambda: member.client.post("/", {"cmd": MAKE, **values}),
	}[door]()
	assert not answer.ok, answer.text[:500]
	look_again()
	assert not frappe.db.exists("Communication", {"content": ("like", f"%{WORDS}%")})
	assert not frappe.db.exists("Email Queue Recipient", {"recipient": "victim@example.org"})


def test_c6_a_coordinator_still_writes(coordinator):
	answer = coordinator.call(MAKE, recipients="friend@example.org", subject="Hello", content="Hello")
	assert answer.ok, answer.text[:500]


def comment_at(client, doctype: str, name: str, by: str = "Carla Coordinator"):
	return client.call(
		COMMENTS,
		comment=WORDS,
		comment_email="carla@example.org",
		comment_by=by,
		reference_doctype=doctype,
		reference_name=name,
		route="",
	)


def test_m2_nobody_comments_at_a_record_that_they_cannot_read(member, outsider, guest, groups):
	others = {"User": "Administrator", "Contact": None, **groups.records}
	for doctype, name in others.items():
		name = name or frappe.db.get_value(doctype, {}, "name")
		if not name:
			continue
		for client in (member.client, outsider.client, groups.ben, guest):
			comment_at(client, doctype, name)
			client.call(
				"frappe.desk.form.utils.add_comment",
				reference_doctype=doctype,
				reference_name=name,
				content=WORDS,
				comment_email="carla@example.org",
				comment_by="Carla Coordinator",
			)
			client.post(
				"/api/resource/Comment",
				{
					"reference_doctype": doctype,
					"reference_name": name,
					"comment_type": "Comment",
					"content": WORDS,
				},
			)
	look_again()
	assert not frappe.get_all("Comment", {"content": ("like", f"%{WORDS}%")}, ["owner", "reference_doctype"])


def test_m2_a_comment_bears_the_name_of_who_wrote_it(outsider):
	answer = comment_at(outsider.client, "User", outsider.user)
	assert answer.ok, answer.text[:500]
	look_again()
	written = frappe.get_all(
		"Comment",
		{"reference_doctype": "User", "reference_name": outsider.user, "comment_type": "Comment"},
		["comment_by", "comment_email"],
	)
	assert written == [{"comment_by": "Olga Outside", "comment_email": outsider.user}]

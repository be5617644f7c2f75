"""C6 and M2: words in the name of the association, or of somebody else."""

from __future__ import annotations

import json

import frappe
import pytest

from mentor_ispe.roles import COORDINATOR
from tests.http.people import make_staff
from tests.http.rounds import look_again

MAKE = "frappe.core.doctype.communication.email.make"
COMMENTS = "frappe.templates.includes.comments.comments.add_comment"
WORDS = "Send your password to this address"


@pytest.mark.parametrize("entry_point", ["method", "v2", "v2 of the DocType", "another name", "cmd"])
@pytest.mark.parametrize("about", ["nothing", "own login"])
def test_c6_a_mail_of_the_association_is_not_written_by_a_member(member, entry_point, about):
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
	}[entry_point]()
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


def marks(doctype: str, name: str) -> dict:
	look_again()
	return {
		"comments": frappe.get_all(
			"Comment", {"reference_doctype": doctype, "reference_name": name}, pluck="name"
		),
		"tasks": frappe.get_all("ToDo", {"reference_type": doctype, "reference_name": name}, pluck="name"),
		"tags": frappe.get_all("Tag Link", {"document_type": doctype, "document_name": name}, pluck="name"),
		"followers": frappe.get_all(
			"Document Follow", {"ref_doctype": doctype, "ref_docname": name}, pluck="name"
		),
		"liked, assigned, tagged": frappe.db.get_value(doctype, name, ["_liked_by", "_assign", "_user_tags"]),
	}


def test_m2_nobody_leaves_a_mark_at_a_record_that_they_cannot_read(another, groups, committee):
	for doctype, name in groups.records.items():
		before = marks(doctype, name)
		for client in (another.client, groups.ben, committee):
			client.call("frappe.desk.like.toggle_like", doctype=doctype, name=name, add="Yes")
			client.call("frappe.desk.doctype.tag.tag.add_tag", tag="bad", dt=doctype, dn=name)
			client.call(
				"frappe.desk.form.document_follow.follow_document",
				doctype=doctype,
				doc_name=name,
				user=another.user,
			)
			client.post(
				"/api/resource/Tag Link",
				{"document_type": doctype, "document_name": name, "tag": "bad", "title": "x"},
			)
			for values in (
				{"assigned_by": "Administrator", "allocated_to": another.user},
				{"allocated_to": "Administrator"},
			):
				client.post(
					"/api/resource/ToDo",
					{"reference_type": doctype, "reference_name": name, "description": WORDS, **values},
				)
			client.call(
				"frappe.desk.form.assign_to.add",
				assign_to=f'["{another.user}"]',
				doctype=doctype,
				name=name,
				description=WORDS,
			)
		assert marks(doctype, name) == before, doctype


def test_m2_a_task_of_ones_own_is_not_moved_to_another_record(outsider, groups):
	made = outsider.client.post(
		"/api/resource/ToDo",
		{"description": "my own", "assigned_by": "Administrator", "allocated_to": outsider.user},
	)
	assert made.ok, made.text[:500]
	assert made.result["assigned_by"] == outsider.user
	group = groups.records["Mentoring Group"]
	before = marks("Mentoring Group", group)
	answer = outsider.client.put(
		f"/api/resource/ToDo/{made.result['name']}",
		{"reference_type": "Mentoring Group", "reference_name": group},
	)
	assert answer.status == 403, answer.text[:500]
	assert marks("Mentoring Group", group) == before


def test_tags_tell_nobody_the_titles_of_records_that_are_not_theirs(
	outsider, member, groups, committee, coordinator
):
	profile = groups.records["Mentoring Profile"]
	tagged = coordinator.call(
		"frappe.desk.doctype.tag.tag.add_tag", tag="look", dt="Mentoring Profile", dn=profile
	)
	assert tagged.ok, tagged.text[:500]
	look_again()
	name = frappe.db.get_value("Tag Link", {"document_type": "Mentoring Profile", "document_name": profile})
	for client in (outsider.client, member.client, committee):
		for answer in (
			client.get("/api/resource/Tag Link", fields='["*"]'),
			client.get(f"/api/resource/Tag Link/{name}"),
			client.get("/api/method/frappe.utils.global_search.search", text="look"),
			client.get("/api/method/frappe.desk.doctype.tag.tag.get_documents_for_tag", tag="look"),
		):
			assert profile not in answer.text, answer.text[:500]
	assert profile in coordinator.get("/api/resource/Tag Link", fields='["*"]').text


def test_c6_a_member_has_the_association_write_to_anybody_by_a_mark_at_their_own_login(
	member, outsider, outgoing_mail
):
	"""The attack: a task, a share or a mention at one's own User mails one's words to any login."""
	staff = make_staff(COORDINATOR)
	own = {"doctype": "User", "name": member.user}
	words = "Pay at https://evil.example"
	mention = f'<div><span class="mention" data-id="{staff}" data-value="x">x</span> {words}</div>'
	about = {"reference_doctype": "User", "reference_name": member.user}
	call = member.client.call
	for to in (staff, outsider.user):
		answers = [
			call("frappe.desk.form.assign_to.add", **own, assign_to=json.dumps([to]), description=words),
			call("frappe.share.add", **own, user=to, notify=1),
			call(
				"frappe.client.insert",
				doc={"doctype": "ToDo", "allocated_to": to, "description": words},
			),
			call(
				"frappe.desk.form.utils.add_comment",
				**about,
				content=mention,
				comment_email="",
				comment_by="",
			),
		]
		assert [answer.status for answer in answers] == [403] * 4, [answer.text[:200] for answer in answers]
	look_again()
	assert not frappe.get_all("ToDo", {"description": words})
	assert not frappe.get_all("DocShare", {"share_name": member.user, "user": ("in", [staff, outsider.user])})


def test_c6_a_member_keeps_a_task_and_a_comment_of_their_own(member):
	own = {"doctype": "User", "name": member.user}
	task = member.client.call(
		"frappe.desk.form.assign_to.add", **own, assign_to=json.dumps([member.user]), description="mine"
	)
	assert task.ok, task.text[:500]

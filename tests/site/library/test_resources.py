"""The library: who reads what, in which order, and whose the files are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.patches import keep_library_files_private
from mentor_ispe.services.library import resources
from tests import factories as make
from tests.site.calendar.world import make_group
from tests.site.membership.records import counted_queries

RESOURCE = "Mentoring Resource"


@pytest.fixture(autouse=True)
def empty_library():
	make.use_membership_roll()
	frappe.db.delete(RESOURCE)
	for topic in ("Feedback", "Networking"):
		if not frappe.db.exists("Mentoring Topic", topic):
			frappe.get_doc({"doctype": "Mentoring Topic", "topic": topic}).insert()


def make_resource(title: str, **values):
	topics = [{"topic": topic} for topic in values.pop("topics", ())]
	doc = frappe.get_doc(
		{
			"doctype": RESOURCE,
			"title": title,
			"published": 1,
			"url": "https://example.org",
			"topics": topics,
			**values,
		}
	)
	return doc.insert()


def titles(rows: list[dict]) -> list[str]:
	return [row["title"] for row in rows]


@pytest.fixture
def people() -> SimpleNamespace:
	cycle = make.make_cycle()
	user = make.make_user(roles=["Mentoring Member"]).name
	member = make.make_profile(email=user, user=user).name
	make.make_mentee(cycle.name, profile=member)
	stranger = make.make_user(roles=["Mentoring Member"]).name
	return SimpleNamespace(
		program=cycle.program,
		member=member,
		stranger=make.make_profile(email=stranger, user=stranger).name,
	)


def test_everyone_reads_what_is_theirs(people):
	make_resource("Public", public=1)
	make_resource("For participants")
	make_resource("Of the program", program=people.program)
	make_resource("Of another", program=make.make_program().name)
	make_resource("A draft", published=0, public=1)
	assert titles(resources.library(None)) == ["Public"]
	assert titles(resources.library(people.stranger)) == ["Public"]
	assert titles(resources.library(people.member)) == ["For participants", "Of the program", "Public"]


def test_by_phase_topic_audience_and_program(people):
	make_resource("Any", topics=["Feedback"])
	make_resource("Closing", phase="Closing", audience="Mentors")
	make_resource("Start", phase="Before the Start", program=people.program)
	make_resource("First", phase="First Meeting", audience="Mentees", topics=["Networking", "Feedback"])
	assert titles(resources.library(people.member)) == ["Start", "First", "Closing", "Any"]
	assert titles(resources.library(people.member, topic="Feedback")) == ["First", "Any"]
	assert titles(resources.library(people.member, audience="Mentees")) == ["Start", "First", "Any"]
	assert titles(resources.library(people.member, phase="Closing")) == ["Closing", "Any"]
	assert titles(resources.library(people.member, program=make.make_program().name)) == [
		"First",
		"Closing",
		"Any",
	]
	assert resources.library(people.member, topic="Networking")[0]["topics"] == ["Networking", "Feedback"]
	with pytest.raises(RuleViolation, match="no phase"):
		resources.library(None, phase="Never")


def test_the_number_of_queries_does_not_depend_on_the_library(people):
	make_resource("One", topics=["Feedback"])
	resources.library(people.member)
	with counted_queries() as few:
		resources.library(people.member, topic="Feedback")
	for number in range(6):
		make_resource(f"More {number}", topics=["Feedback"])
	with counted_queries() as many:
		assert len(resources.library(people.member, topic="Feedback")) == 7
	assert len(many) == len(few) <= 4


def test_a_group_gets_what_helps_in_its_phase():
	with clock.at(datetime(2031, 1, 5, 9)):
		group = make_group()
		for phase in resources.PHASES:
			make_resource(phase, phase=phase)
		make_resource("Wanted", phase="First Meeting", topics=["Networking"])
		make_resource("Elsewhere", phase="First Meeting", program=make.make_program().name)
		profile = frappe.get_doc("Mentoring Profile", group.people[1])
		profile.append("topics", {"topic": "Networking"})
		profile.save()
		assert titles(resources.resources_for(group.name)) == ["Wanted", "First Meeting", "Any Time"]
		session = frappe.get_doc(
			{
				"doctype": "Mentoring Session",
				"mentoring_group": group.name,
				"starts_on": "2031-02-01 10:00:00",
			}
		).insert()
		frappe.db.set_value("Mentoring Session", session.name, "status", "Held")
		assert titles(resources.resources_for(group.name)) == ["During the Program", "Any Time"]
	with clock.at(datetime(2031, 12, 20, 9)):
		assert titles(resources.resources_for(group.name)) == ["Closing", "Any Time"]
	frappe.db.set_value("Mentoring Group", group.name, "status", "Proposed")
	assert resources.phase_of(group.name) == "Before the Start"


def upload(content: bytes = b"a guide", is_private: int = 0, ending: str = "txt"):
	name = f"guide-{frappe.generate_hash(length=8)}.{ending}"
	content += name.encode()
	return frappe.get_doc(
		{"doctype": "File", "file_name": name, "content": content, "is_private": is_private}
	).insert()


def file_of(doc) -> frappe._dict:
	doc.reload()
	(row,) = frappe.get_all(
		"File", {"file_url": doc.attachment}, ["is_private", "attached_to_name", "file_url"]
	)
	return row


def test_the_file_is_private_whoever_may_read_it():
	doc = make_resource("Guide", url=None, attachment=upload(is_private=0).file_url)
	file = file_of(doc)
	assert (file.is_private, file.attached_to_name) == (1, doc.name)
	assert file.file_url.startswith("/private/files/")
	doc.public = 1
	doc.save()
	assert file_of(doc).is_private == 1


def test_a_file_that_another_record_shows_stays_where_it_is():
	public = upload()
	other = frappe.get_doc({"doctype": "ToDo", "description": "Look at it"}).insert()
	public.db_set({"attached_to_doctype": "ToDo", "attached_to_name": other.name})
	doc = make_resource("Guide", url=None, attachment=public.file_url)
	assert file_of(doc).is_private == 1
	assert frappe.db.get_value("File", public.name, ["file_url", "is_private"]) == (public.file_url, 0)
	assert doc.attachment != public.file_url


def test_a_copy_is_the_same_byte_by_byte():
	public = upload(b"PK\x03\x04\xe2\xe3\xcf\xd3\r\n", ending="zip")
	before = Path(public.get_full_path()).read_bytes()
	other = frappe.get_doc({"doctype": "ToDo", "description": "Look at it"}).insert()
	public.db_set({"attached_to_doctype": "ToDo", "attached_to_name": other.name})
	doc = make_resource("Guide", url=None, attachment=public.file_url)
	file_of(doc)
	copy = frappe.get_doc("File", {"file_url": doc.attachment})
	assert copy.file_url != public.file_url
	assert Path(copy.get_full_path()).read_bytes() == before


def test_files_of_before_become_private():
	doc, file = make_resource("Guide", public=1), upload(is_private=0)
	file.db_set(
		{"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "attached_to_field": "attachment"}
	)
	doc.db_set("attachment", file.file_url)
	lost = make_resource("Lost", public=1)
	lost.db_set("attachment", "/files/lost.txt")
	for _times in range(2):
		keep_library_files_private.execute()
		assert file_of(doc).file_url.startswith("/private/files/")


def test_a_file_that_is_not_there_is_refused():
	with pytest.raises(RuleViolation, match="Attach it again"):
		make_resource("Guide", url=None, attachment="/files/nothing.txt")


def test_a_resource_leads_somewhere():
	with pytest.raises(RuleViolation, match="address, a file or a text"):
		make_resource("Nothing", url="", content="")

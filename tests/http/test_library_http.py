"""Over HTTP: places and speakers at the same moment, files by guessed address, the calendar feed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import frappe
import pytest
import requests
import vobject
from frappe.utils import now_datetime

from tests import factories as make
from tests.http.people import make_member
from tests.http.rounds import Tally, look_again
from tests.http.running_group import group

__all__ = ["group"]  # a fixture, used by name

LIBRARY, CALENDAR = "mentor_ispe.api.library", "mentor_ispe.api.calendar"
PEOPLE = 30
PLACES = 7


@pytest.fixture(scope="module")
def crowd(site, keyed) -> SimpleNamespace:
	"""Thirty mentees of one cycle, each with a key."""
	cycle = make.make_cycle()
	members = [make_member() for _ in range(PEOPLE)]
	for profile, _user in members:
		make.make_mentee(cycle.name, profile=profile)
	frappe.db.commit()
	return SimpleNamespace(
		cycle=cycle,
		profiles=[profile for profile, _user in members],
		clients=[keyed(user) for _profile, user in members],
	)


def make_workshop(cycle, **values) -> str:
	doc = frappe.new_doc("Mentoring Workshop")
	doc.update(
		{
			"title": make.unique("Workshop"),
			"program": cycle.program,
			"cycle": cycle.name,
			"starts_on": now_datetime() + timedelta(days=10),
			"duration_minutes": 60,
			**values,
		}
	)
	doc.insert()
	frappe.db.commit()
	return doc.name


def rows_of(workshop: str) -> list:
	look_again()
	return frappe.get_all(
		"Mentoring Workshop Participant",
		{"parent": workshop},
		["profile", "status", "signed_up_on"],
		order_by="idx",
	)


def test_thirty_at_once_never_get_more_places_than_there_are(crowd):
	tally = Tally("workshop")
	for _round in range(3):
		workshop = make_workshop(crowd.cycle, places=PLACES)
		calls = [partial(client.call, f"{LIBRARY}.sign_up", workshop=workshop) for client in crowd.clients]
		answers = tally.round(calls)
		rows = rows_of(workshop)
		assert sum(row.status == "Signed Up" for row in rows) == min(
			PLACES, sum(answer.ok for answer in answers)
		)
		assert len(rows) == len({row.profile for row in rows}) == sum(answer.ok for answer in answers)
		assert frappe.db.get_value("Mentoring Workshop", workshop, "places_taken") == PLACES
		seated = {row.profile for row in rows if row.status == "Signed Up"}
		leaving = [
			partial(client.call, f"{LIBRARY}.give_back", workshop=workshop)
			for client, profile in zip(crowd.clients, crowd.profiles, strict=True)
			if profile in seated
		][:4]
		gone = sum(answer.ok for answer in tally.round(leaving))
		waiting = [row for row in rows if row.status == "Waiting"]
		waiting.sort(key=lambda row: row.signed_up_on)
		now = {row.profile: row.status for row in rows_of(workshop)}
		assert {row.profile for row in waiting if now[row.profile] == "Signed Up"} == {
			row.profile for row in waiting[:gone]
		}
	print(tally)


def test_a_stranger_does_not_sign_up(site, keyed, crowd):
	workshop = make_workshop(crowd.cycle)
	_profile, user = make_member()
	refused = keyed(user).call(f"{LIBRARY}.sign_up", workshop=workshop)
	assert refused.status == 417
	assert "in the audience of this workshop" in refused.words


def test_members_reach_no_workshop_by_rest(crowd):
	workshop = make_workshop(crowd.cycle, link="https://example.org/secret-room")
	client = crowd.clients[0]
	for answer in (
		client.get(f"/api/resource/Mentoring Workshop/{workshop}"),
		client.get("/api/resource/Mentoring Workshop"),
		client.put(f"/api/resource/Mentoring Workshop/{workshop}", {"places": 100}),
		client.post(
			"/api/resource/Mentoring Workshop Participant",
			{"parent": workshop, "parenttype": "Mentoring Workshop", "profile": crowd.profiles[0]},
		),
	):
		assert answer.status == 403, answer.text[:300]
		assert "secret-room" not in answer.text


def test_of_two_who_ask_for_the_last_speaker_at_once_one_wins(group, keyed):
	ana, ben = (keyed(group.people[name][1]) for name in ("ana", "ben"))
	tally = Tally("speakers")
	for number in range(5):
		# Other words in each round: the same request again would be answered as the first one was.
		words = f"Round {number}"
		answers = tally.round(
			[
				lambda client=client, words=words: client.call(
					f"{LIBRARY}.request_speaker", group=group.name, topic=group.topic, message=words
				)
				for client in (ana, ben)
			]
		)
		assert sorted(answer.status for answer in answers) == [200, 417]
		look_again()
		(name,) = frappe.get_all(
			"Guest Speaker Request", {"mentoring_group": group.name, "status": "Requested"}, pluck="name"
		)
		frappe.db.set_value("Guest Speaker Request", name, "status", "Cancelled")
		frappe.db.commit()


def ask_feed(base_url: str, token: str, **headers: str) -> requests.Response:
	return requests.get(
		f"{base_url}/api/method/{CALENDAR}.feed", params={"token": token}, headers=headers, timeout=60
	)


def test_a_calendar_is_fetched_by_its_address_alone(base_url, keyed, crowd):
	workshop = make_workshop(crowd.cycle, title="Seen in the calendar")
	client = crowd.clients[1]
	client.call(f"{LIBRARY}.sign_up", workshop=workshop)
	token = client.call(f"{CALENDAR}.address").result["address"].partition("token=")[2]
	found = ask_feed(base_url, token)
	assert found.status_code == 200
	assert found.headers["Content-Type"].startswith("text/calendar")
	assert "Seen in the calendar" in {
		event.summary.value for event in vobject.readOne(found.text).vevent_list
	}
	assert "max-age" in found.headers["Cache-Control"]
	again = ask_feed(base_url, token, **{"If-None-Match": found.headers["ETag"]})
	assert (again.status_code, again.text) == (304, "")
	client.call(f"{CALENDAR}.renew")
	gone = ask_feed(base_url, token)
	assert (gone.status_code, gone.text) == (404, "")
	assert ask_feed(base_url, "0" * 64).text == ask_feed(base_url, "").text == ""
	assert (
		requests.post(f"{base_url}/api/method/{CALENDAR}.feed", data={"token": token}, timeout=60).status_code
		== 403
	)


@pytest.fixture(scope="module")
def files(site, crowd) -> SimpleNamespace:
	"""A resource of the crowd's program, one for everyone, and a draft, each with a file uploaded as public."""
	made = {}
	for name, values in {
		"private": {"program": crowd.cycle.program},
		"public": {"public": 1},
		"draft": {"public": 1, "published": 0},
	}.items():
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{name}-{frappe.generate_hash(length=6)}.txt",
				"content": f"words of the {name} one {frappe.generate_hash(length=6)}",
				"is_private": 0,
			}
		).insert()
		doc = frappe.get_doc(
			{
				"doctype": "Mentoring Resource",
				"title": name,
				"published": 1,
				"attachment": file.file_url,
				**values,
			}
		).insert()
		doc.reload()
		made[name] = SimpleNamespace(url=doc.attachment, uploaded=file.file_url, name=doc.name)
	frappe.db.commit()
	return SimpleNamespace(**made)


DOWNLOAD = "/api/method/mentor_ispe.api.files.download"


def test_files_are_read_by_those_who_may_read_the_resource(
	files, crowd, guest, coordinator, committee, keyed
):
	stranger = keyed(make_member()[1])
	member = crowd.clients[2]
	may = {
		"private": (member, coordinator, committee),
		"public": (guest, stranger, member),
		"draft": (coordinator,),
	}
	not_theirs = {"private": (guest, stranger), "public": (), "draft": (guest, stranger, member)}
	for name, readers in may.items():
		for client in readers:
			answer = client.get(DOWNLOAD, resource=getattr(files, name).name)
			assert f"words of the {name} one" in answer.text, (name, answer.text[:300])
	for name, others in not_theirs.items():
		for client in others:
			refused = client.get(DOWNLOAD, resource=getattr(files, name).name)
			nothing = client.get(DOWNLOAD, resource="nothing")
			assert "words of the" not in refused.text
			assert (refused.status, refused.words) == (nothing.status, nothing.words) == (403, refused.words)


def test_nobody_without_the_desk_gets_a_file_by_its_address(files, crowd, guest, keyed):
	clients = (guest, keyed(make_member()[1]), crowd.clients[2])
	for resource in (files.private, files.public, files.draft):
		for address in {resource.url, resource.uploaded, resource.url.replace("/private", "")}:
			for client in clients:
				assert "words of the" not in client.get(address).text, address
				by_name = client.get("/api/method/frappe.handler.download_file", file_url=address)
				assert "words of the" not in by_name.text, address


def test_a_file_is_saved_or_shown_by_its_kind(files, crowd, base_url):
	client = crowd.clients[2]
	answer = requests.get(
		f"{base_url}{DOWNLOAD}", params={"resource": files.private.name}, headers=client.headers, timeout=60
	)
	assert answer.headers["Content-Disposition"].startswith("attachment")
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert "private" in answer.headers["Cache-Control"]


def test_no_list_tells_where_a_file_lies(files, crowd, guest):
	lists = [
		guest.get("/api/method/mentor_ispe.api.public.resources"),
		crowd.clients[0].call(f"{LIBRARY}.library"),
	]
	for answer in lists:
		assert "/files/" not in answer.text
		assert f"{DOWNLOAD}?resource={files.public.name}" in answer.text


def test_the_public_library_is_the_public_part(files, guest, crowd):
	shown = {row["name"] for row in guest.get("/api/method/mentor_ispe.api.public.resources").result}
	assert files.public.name in shown
	assert not shown & {files.private.name, files.draft.name}
	assert files.private.name in {row["name"] for row in crowd.clients[0].call(f"{LIBRARY}.library").result}

"""Over HTTP: places at the same moment, files by guessed address, the feed, and concerns nobody else sees."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import frappe
import pytest
import requests
import vobject
from frappe.utils import now_datetime

from mentor_ispe.services import answer as answers
from mentor_ispe.services import concerns, group_life, withdraw
from mentor_ispe.services.propose import propose
from mentor_ispe.setup.roles import COORDINATOR
from tests import factories as make
from tests.http.people import make_member
from tests.http.rounds import Tally, look_again

LIBRARY, SUPPORT, CONCERNS = (f"mentor_ispe.api.{name}" for name in ("library", "support", "concerns"))
CALENDAR = "mentor_ispe.api.calendar"
PEOPLE = 30
PLACES = 7
WORDS = "what-only-the-raiser-may-know"


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
	assert "among those that this workshop is for" in refused.words


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


@pytest.fixture(scope="module")
def group(site) -> SimpleNamespace:
	"""A running group: Ana mentors Ben and Cal, and coordinates as well; Dan left it."""
	program = make.make_program(format="Group", guest_speakers_per_year=1)
	cycle = make.make_cycle(program.name)
	people = {name: make_member(full_name=name.title()) for name in ("ana", "ben", "cal", "dan")}
	mentor = make.make_mentor(cycle.name, profile=people["ana"][0], seats_offered=3)
	parts = {name: make.make_mentee(cycle.name, profile=people[name][0]) for name in ("ben", "cal", "dan")}
	found = propose(
		cycle.name, [part.name for part in parts.values()], mentor.name, moderator=parts["ben"].name
	)
	for part in (mentor, *parts.values()):
		answers.accept(found.name, part.profile)
	group_life.activate(found.name)
	withdraw.withdraw("Mentee", parts["dan"].name, "No time")
	user = frappe.get_doc("User", people["ana"][1])
	user.append_roles(COORDINATOR)
	user.save()
	frappe.db.commit()
	return SimpleNamespace(name=found.name, people=people, topic=make_topic())


def make_topic() -> str:
	return frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name


def test_of_two_who_ask_for_the_last_speaker_at_once_one_wins(group, keyed):
	ana, ben = (keyed(group.people[name][1]) for name in ("ana", "ben"))
	tally = Tally("speakers")
	for _round in range(5):
		answers = tally.round(
			[
				lambda client=client: client.call(
					f"{LIBRARY}.request_speaker", group=group.name, topic=group.topic
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


@pytest.fixture(scope="module")
def concern(group) -> SimpleNamespace:
	doc = concerns.raise_concern(group.name, group.people["ben"][0], "Conduct", WORDS)
	concerns.take_step(doc.name, "In Mediation", note=f"{WORDS}-note", answer=f"{WORDS}-answer")
	frappe.db.commit()
	return doc


DOORS = [
	"/api/resource/Mentoring Concern",
	"/api/resource/Mentoring Concern/{name}",
	"/api/v2/document/Mentoring Concern",
	"/api/v2/document/Mentoring Concern/{name}",
	'/api/resource/Mentoring Concern Step?parent=Mentoring Concern&fields=["*"]',
	"/api/resource/Mentoring Concern Step/{step}",
	'/api/method/frappe.client.get_list?doctype=Mentoring Concern&fields=["*"]',
	'/api/method/frappe.client.get_list?doctype=Mentoring Concern Step&parent=Mentoring Concern&fields=["*"]',
	"/api/method/frappe.client.get?doctype=Mentoring Concern&name={name}",
	"/api/method/frappe.client.get_value?doctype=Mentoring Concern&filters={name}&fieldname=concern",
	"/api/method/frappe.client.get_count?doctype=Mentoring Concern",
	'/api/method/frappe.desk.reportview.get?doctype=Mentoring Concern&fields=["*"]',
	"/api/method/frappe.desk.reportview.get_count?doctype=Mentoring Concern&fields=[]",
	'/api/method/frappe.desk.reportview.export_query?doctype=Mentoring Concern&fields=["name","concern"]'
	"&file_format_type=CSV&title=x",
	"/api/method/frappe.desk.search.search_link?doctype=Mentoring Concern&txt=",
	"/api/method/frappe.desk.form.load.getdoc?doctype=Mentoring Concern&name={name}",
	"/api/method/frappe.utils.global_search.search?text={words}",
	"/api/method/frappe.desk.notifications.get_open_count?doctype=Mentoring Group&name={group}",
	"/printview?doctype=Mentoring Concern&name={name}",
	'/api/method/frappe.client.get_list?doctype=Mentoring Notice&fields=["*"]'
	'&filters=[["reference_doctype","=","Mentoring Concern"]]',
	'/api/method/frappe.client.get_list?doctype=Version&fields=["*"]',
	'/api/method/frappe.client.get_list?doctype=Comment&fields=["*"]',
]


@pytest.mark.parametrize("who", ["ana", "cal", "dan", "committee", "guest"])
@pytest.mark.parametrize("door", DOORS)
def test_nobody_else_reads_a_concern(group, concern, keyed, guest, committee, who, door):
	"""Ana coordinates, but the concern is about something in her own group."""
	client = {"guest": guest, "committee": committee}.get(who) or keyed(group.people[who][1])
	path = door.format(name=concern.name, step=concern.steps[0].name, words=WORDS, group=group.name)
	answer = client.get(path)
	assert answer.status < 500, answer.text[:500]
	# Some errors repeat the name that was asked for; nothing else may be in the answer.
	text = answer.text.replace(path, "")
	assert WORDS not in text
	assert group.people["ben"][0] not in text
	if "get_count" in door:
		assert answer.status >= 400 or answer.result == 0
	if "get_open_count" in door:
		assert "Mentoring Concern" not in text
	if "search_link" in door and answer.ok:
		assert not answer.result


# Where somebody who may read it finds the words: the doors above stand open, but for the right people.
@pytest.mark.parametrize("door", [DOORS[number] for number in (1, 3, 6, 8, 9, 11, 15)])
def test_a_coordinator_outside_the_group_finds_it_at_these_doors(group, concern, coordinator, door):
	path = door.format(name=concern.name, step=concern.steps[0].name, words=WORDS, group=group.name)
	assert WORDS in coordinator.get(path).text


def test_the_raiser_and_another_coordinator_read_it(group, concern, keyed, coordinator):
	ben = keyed(group.people["ben"][1])
	assert ben.get(f"/api/resource/Mentoring Concern/{concern.name}").result["concern"] == WORDS
	mine = ben.call(f"{CONCERNS}.my_concerns").result
	assert mine[0]["answer"] == f"{WORDS}-answer"
	for text in (
		ben.get(f"/api/resource/Mentoring Concern/{concern.name}").text,
		ben.call(f"{CONCERNS}.my_concerns").text,
		ben.get(DOORS[4]).text,
	):
		assert f"{WORDS}-note" not in text
	assert coordinator.get(f"/api/resource/Mentoring Concern/{concern.name}").result["concern"] == WORDS


def test_the_party_takes_no_step(group, concern, keyed):
	ana = keyed(group.people["ana"][1])
	for refused in (
		ana.call(f"{SUPPORT}.take_step", concern=concern.name, status="Ended", answer="No"),
		ana.put(f"/api/resource/Mentoring Concern/{concern.name}", {"status": "Ended", "answer": "No"}),
	):
		assert refused.status == 403, refused.text[:500]
	look_again()
	assert frappe.db.get_value("Mentoring Concern", concern.name, "status") == "In Mediation"


def test_whoever_left_may_still_raise_one_and_a_stranger_may_not(group, keyed, crowd):
	dan = keyed(group.people["dan"][1])
	assert dan.call(f"{CONCERNS}.raise_concern", group=group.name, words="Before I left").ok
	assert crowd.clients[0].call(f"{CONCERNS}.raise_concern", group=group.name, words="Me too").status == 417


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


def test_files_are_read_by_those_who_may_read_the_resource(files, crowd, guest, coordinator, keyed):
	stranger = keyed(make_member()[1])
	member = crowd.clients[2]
	assert "words of the private one" in member.get(files.private.url).text
	assert "words of the private one" in coordinator.get(files.private.url).text
	assert "words of the public one" in guest.get(files.public.url).text
	for client in (guest, stranger):
		for resource in (files.private, files.draft):
			for address in (resource.url, resource.uploaded, resource.url.replace("/private", "")):
				answer = client.get(address)
				assert answer.status >= 400, (
					address,
					answer.status,
				)  # the development server says 500 for 404
				assert "words of the" not in answer.text
	assert "words of the" not in member.get(files.draft.url).text


def test_the_public_library_is_the_public_part(files, guest, crowd):
	shown = {row["name"] for row in guest.get("/api/method/mentor_ispe.api.public.resources").result}
	assert files.public.name in shown
	assert not shown & {files.private.name, files.draft.name}
	assert files.private.name in {row["name"] for row in crowd.clients[0].call(f"{LIBRARY}.library").result}

"""Who finds a concern over HTTP, at whatever entry point, and who doesn't."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.services import concerns
from tests.http.people import make_member
from tests.http.rounds import look_again
from tests.http.running_group import group

__all__ = ["group"]  # a fixture, used by name

SUPPORT, CONCERNS = "mentor_ispe.api.support", "mentor_ispe.api.concerns"
WORDS = "what-only-the-raiser-may-know"


@pytest.fixture(scope="module")
def concern(group) -> SimpleNamespace:
	doc = concerns.raise_concern(group.name, group.people["ben"][0], "Conduct", WORDS)
	concerns.take_step(doc.name, "In Mediation", note=f"{WORDS}-note", answer=f"{WORDS}-answer")
	frappe.db.commit()
	return doc


ENTRY_POINTS = [
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
@pytest.mark.parametrize("entry_point", ENTRY_POINTS)
def test_nobody_else_reads_a_concern(group, concern, keyed, guest, committee, who, entry_point):
	"""Ana coordinates, but the concern is about something in her own group."""
	client = {"guest": guest, "committee": committee}.get(who) or keyed(group.people[who][1])
	path = entry_point.format(name=concern.name, step=concern.steps[0].name, words=WORDS, group=group.name)
	answer = client.get(path)
	if "get_open_count" not in entry_point:  # where Frappe 15 says no by an error of its own
		assert answer.status < 500, answer.text[:500]
	# Some errors repeat the name that was asked for; nothing else may be in the answer.
	text = answer.text.replace(path, "")
	assert WORDS not in text
	assert group.people["ben"][0] not in text
	if "get_count" in entry_point:
		assert answer.status >= 400 or answer.result == 0
	if "get_open_count" in entry_point:
		assert "Mentoring Concern" not in text
	if "search_link" in entry_point and answer.ok:
		assert not answer.result


# Where somebody who may read it finds the words: the entry points above stand open, but for the right people.
@pytest.mark.parametrize("entry_point", [ENTRY_POINTS[number] for number in (1, 3, 6, 8, 9, 11, 15)])
def test_a_coordinator_outside_the_group_finds_it_at_these_entry_points(
	group, concern, coordinator, entry_point
):
	path = entry_point.format(name=concern.name, step=concern.steps[0].name, words=WORDS, group=group.name)
	assert WORDS in coordinator.get(path).text


def test_the_raiser_and_another_coordinator_read_it(group, concern, signed_in, coordinator):
	ben = signed_in(group.people["ben"][1])
	assert ben.get(f"/api/resource/Mentoring Concern/{concern.name}").status == 403
	mine = ben.call(f"{CONCERNS}.my_concerns").result
	assert (mine[0]["concern"], mine[0]["answer"]) == (WORDS, f"{WORDS}-answer")
	assert f"{WORDS}-note" not in ben.call(f"{CONCERNS}.my_concerns").text
	assert WORDS not in ben.get(ENTRY_POINTS[4]).text
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


def test_whoever_left_may_still_raise_one_and_a_stranger_may_not(group, keyed):
	dan = keyed(group.people["dan"][1])
	assert dan.call(f"{CONCERNS}.raise_concern", group=group.name, words="Before I left").ok
	stranger = keyed(make_member()[1])
	assert stranger.call(f"{CONCERNS}.raise_concern", group=group.name, words="Me too").status == 417

"""The closing report of a cycle: counted figures, stories with consent, what was learned; the same again; sent once."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.api import committee as api
from mentor_ispe.domain.erasure.known_as import known_as
from mentor_ispe.domain.erasure.wording import Wording
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.reports.committee import closing, commands
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services.committee.archive import REPORT
from mentor_ispe.services.erasure import commands as erasure
from mentor_ispe.services.groups import commands as groups
from tests import factories as make
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user, store

NOTICE = "Mentoring Notice"
LEARNED = "Start earlier & say <why>.\nAsk mentors for topics."


@pytest.fixture
def year(site):
	"""A completed cycle of two groups: two meetings of one, two goals, two stories, one of them with consent."""
	make.use_membership_roll()
	committee = make_user("colin", COMMITTEE, user_type="System User")
	first = make.make_active_group(members=2, recipients=[{"user": committee, "email": committee}])
	second = make.make_active_group(members=1, cycle=first.cycle)
	for minutes in (60, 30):
		common = {"mentoring_group": first.name, "cycle": first.cycle, "status": "Held"}
		program = frappe.db.get_value("Mentoring Cycle", first.cycle, "program")
		held = {"starts_on": f"{add_days(nowdate(), -3)} 17:00:00", "duration_minutes": minutes}
		store("Mentoring Session", program=program, **common, **held)
	for status in ("Achieved", "Open"):
		goal = {"profile": first.people[1], "mentoring_group": first.name, "cycle": first.cycle}
		store("Mentoring Goal", title="Lead", status=status, role="Mentee", **goal)
	for person, may in ((first.people[1], 1), (first.people[2], 0)):
		name = frappe.db.get_value("Mentoring Profile", person, "full_name")
		story = {
			"full_name": name,
			"profile": person,
			"kind": "Success Story",
			"cycle": first.cycle,
			"may_publish": may,
		}
		store("Mentoring Feedback", comment=f"Story {may}", mentoring_group=first.name, **story)
	for group in (first, second):
		groups.complete(group.name)
	frappe.db.set_value("Mentoring Cycle", first.cycle, {"status": "Running", "learned": LEARNED})
	frappe.db.delete(NOTICE)
	first.coordinator = make_user("cora", COORDINATOR, user_type="System User")
	first.committee = committee
	return first


def complete(year) -> None:
	frappe.db.set_value("Mentoring Cycle", year.cycle, "status", "Completed")


def test_its_figures_are_those_of_the_cycle_and_come_out_the_same_again(year):
	figures = closing.figures(year.cycle)
	now = figures["now"]
	assert (now["groups_completed"], now["meetings"], now["hours"]) == (2, 2, 1.5)
	assert (now["mentees_applied"], now["mentees_completed"], now["mentors_approved"]) == (3, 3, 2)
	assert (now["goals"], now["goals_achieved"], now["stars"]) == (2, 1, None)
	assert [story["words"] for story in figures["stories"]] == ["Story 1"]
	assert figures["before"] is None
	assert closing.preview(year.cycle).html == closing.preview(year.cycle).html


def test_last_years_figures_stand_beside_them(year):
	program = frappe.db.get_value("Mentoring Cycle", year.cycle, "program")
	later = {"start_date": add_days(nowdate(), 400), "end_date": add_days(nowdate(), 700)}
	next_one = make.make_cycle(program, **later).name
	figures = closing.figures(next_one)
	assert (figures["cycle_before"], figures["before"]["meetings"], figures["now"]["meetings"]) == (
		year.cycle,
		2,
		0,
	)


def test_it_names_nobody_but_who_agreed_and_escapes_what_was_typed(year):
	html = closing.preview(year.cycle).html
	names = {
		profile: frappe.db.get_value("Mentoring Profile", profile, "full_name") for profile in year.people
	}
	teller = names.pop(year.people[1])
	assert teller in html
	assert "Story 0" not in html
	assert not [name for name in names.values() if f">{name}" in html or f"{name}," in html]
	assert "Start earlier &amp; say &lt;why&gt;.<br>" in html.replace("<br/>", "<br>")


def test_it_is_sent_once_after_the_cycle_and_kept_as_sent(year):
	with logged_in(year.coordinator):
		assert "Complete the cycle first" in api.preview_closing(year.cycle)["waits"]
		with pytest.raises(RuleViolation, match="Complete the cycle first"):
			api.send_closing(year.cycle)
		complete(year)
		assert api.preview_closing(year.cycle)["waits"] == ""
		name = api.send_closing(year.cycle)
		with pytest.raises(RuleViolation, match="already been sent"):
			api.send_closing(year.cycle)
	told = frappe.get_all(NOTICE, {"reference_name": name}, pluck="recipient")
	assert told == [frappe.db.get_value("User", year.committee, "email")]
	frappe.db.set_value("Mentoring Cycle", year.cycle, "learned", "Something else")
	with logged_in(year.committee):
		html = api.shown(name)["html"]
		with pytest.raises(frappe.PermissionError):
			api.send_closing(year.cycle)
	assert "Ask mentors for topics." in html
	assert "Something else" not in html


def test_the_committees_own_rhythm_goes_on_beside_it(year):
	program = frappe.db.get_value("Mentoring Cycle", year.cycle, "program")
	frappe.db.set_value("Mentoring Cycle", year.cycle, "start_date", add_days(nowdate(), -80))
	before = commands.preview(program).period
	complete(year)
	closing.send(year.cycle)
	assert commands.preview(program).period == before


def test_who_told_a_story_and_is_erased_is_out_of_the_report(year):
	complete(year)
	name = closing.send(year.cycle)
	teller = frappe.db.get_value("Mentoring Profile", year.people[1], "full_name")
	assert teller in frappe.db.get_value(REPORT, name, "html")
	erasure.erase_from_words(Wording(known_as([teller]), "gone@example.org"))
	kept = frappe.db.get_value(REPORT, name, ["html", "plain", "figures"])
	assert not [part for part in kept if teller in part]

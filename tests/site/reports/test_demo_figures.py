"""On the demo, played through the services: the figures of every report against plain counts of the records.

Nothing of the reports is used to count; each figure is asked for by its label in `COUNTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe

from tests.site.reports.asking import COMMITTEE_REPORTS, STAFF_REPORTS, figures, rows
from tests.site.reports.counting import day_of, number, percent, stars
from tests.site.reports.demo_records import TODAY, Records

PLACED = ("Approved", "Active", "Completed")
STARTED = ("Active", "Completed", "Ended Early")
LOST = ("Declined", "Expired", "Withdrawn", "Ended")
LONG_AGO = {"from_date": "2000-01-01", "to_date": str(TODAY)}


def share(part: float, whole: float) -> str:
	return f"{percent(part, whole):g}%" if whole else "none"


def mean(values: list[int], digits: int | None = None) -> float:
	return round(sum(values) / len(values), digits)


def days_waited(row: frappe._dict) -> int:
	return (TODAY - day_of(row.waiting_since or row.applied_on)).days


def overview(of: Records) -> dict[str, Any]:
	mentees = [row for row in of.mentees if of.published(row.cycle)]
	return {
		"Applications": len(mentees),
		"With a group": number(
			mentees,
			lambda row: row.status in PLACED and (row.mentoring_group or row.status == "Completed"),
		),
		"Completed": number(mentees, lambda row: row.status == "Completed"),
		"Meetings held": len(of.held),
		"Average rating (out of 5)": mean(of.rated()[0], 2),
	}


def participation(of: Records) -> dict[str, Any]:
	mentors = {row.profile for row in of.mentors if row.status in PLACED}
	mentees = {row.profile for row in of.mentees if row.status in PLACED}
	return {
		"People": len(mentors | mentees),
		"Mentors": len(mentors),
		"Mentees and peers": len(mentees),
		"Both": len(mentors & mentees),
	}


def capacity(of: Records) -> dict[str, Any]:
	mentors = [row for row in of.mentors if row.status in ("Approved", "Active") and of.going(row.cycle)]
	offered, taken = (sum(row[field] for row in mentors) for field in ("seats_offered", "seats_taken"))
	return {
		"Mentors": len(mentors),
		"Places offered": offered,
		"Open places": offered - taken,
		"Places used": share(taken, offered),
	}


def capacity_and_need(of: Records) -> dict[str, Any]:
	return capacity(of) | {
		"Waiting for a mentor": number(
			of.waiting,
			lambda row: row.status == "Approved" and of.cycles[row.cycle].format != "Peer Circle",
		)
	}


def lost_before(of: Records) -> set[str]:
	return {seat.participant for seat in of.seats if seat.status in LOST and seat.role != "Mentor"}


def waiting_times(of: Records) -> dict[str, Any]:
	lost = lost_before(of)
	again = [
		row for row in of.mentees if row.name in lost and (row.mentoring_group or row.status == "Completed")
	]
	return {
		"Waiting now": len(of.waiting),
		"Past the promised date": number(of.waiting, lambda row: day_of(row.answer_by) < TODAY),
		"Longest wait (days)": max(map(days_waited, of.waiting)),
		"Waiting again": number(of.waiting, lambda row: row.name in lost),
		"Rematched": share(len(again), len(lost)),
	}


def mentees_waiting(of: Records) -> dict[str, Any]:
	times = waiting_times(of)
	return {
		"Waiting": times["Waiting now"],
		"For an answer": number(of.waiting, lambda row: row.status == "Applied"),
		"Past the promised date": times["Past the promised date"],
		"Waiting again": times["Waiting again"],
		"Longest wait (days)": times["Longest wait (days)"],
	}


def health(of: Records) -> dict[str, Any]:
	met = {row.mentoring_group for row in of.held}
	measured = [group for group in of.running if group.health_on]
	return {
		"Average health (out of 100)": mean([group.health for group in measured]),
		"Below threshold": number(measured, lambda group: group.health < of.threshold(group)),
		"Need a coordinator": number(of.running, lambda group: group.alarm),
		"First meeting overdue": number(
			of.running,
			lambda group: (
				group.name not in met
				and (TODAY - group.start_date).days
				> of.programs[of.cycles[group.cycle].program].first_meeting_days
			),
		),
	}


def attendance(of: Records) -> dict[str, Any]:
	return {
		"Meetings held": len(of.held),
		"Meeting hours": round(sum(row.duration_minutes for row in of.held) / 60, 1),
		"Attendance": share(number(of.attendance, lambda row: row.attended), len(of.attendance)),
	}


def ratings(of: Records) -> dict[str, Any]:
	shown, withheld = of.rated()
	given, missed = (
		number(of.requests, lambda row, status=status: row.status == status and day_of(row.due_on) <= TODAY)
		for status in ("Given", "Missed")
	)
	return {
		"Average rating (out of 5)": mean(shown, 2),
		"Ratings": len(shown),
		"Hidden ratings": withheld,
		"Response rate": share(given, given + missed),
	}


def stories(of: Records) -> dict[str, Any]:
	told = [row for row in of.feedback if row.kind == "Success Story" and row.may_publish and row.comment]
	return {"Stories": len(told), "People": len({row.profile for row in told})}


def goals(of: Records) -> dict[str, Any]:
	having = {(row.cycle, row.role, row.profile) for row in of.goals}
	return {
		"Goals": len(of.goals),
		"Achieved": share(number(of.goals, lambda row: row.status == "Achieved"), len(of.goals)),
		"Still open": number(of.goals, lambda row: row.status == "Open"),
		"Without goals": sum(
			number(
				of.__dict__[f"{role.lower()}s"],
				lambda row, role=role: (
					row.status in ("Active", "Completed") and (row.cycle, role, row.profile) not in having
				),
			)
			for role in ("Mentor", "Mentee")
		),
	}


def speakers(of: Records) -> dict[str, Any]:
	def having(*statuses: str) -> int:
		return number(of.asked_speakers, lambda row: row.status in statuses)

	return {
		"Requests": len(of.asked_speakers),
		"To schedule": having("Requested", "Approaching"),
		"Arranged": having("Arranged"),
		"Talks held": having("Held"),
		"Speakers available": frappe.db.count("Guest Speaker", {"active": 1}),
	}


def left_over(of: Records) -> dict[str, Any]:
	left = [row.mentee for row in of.proposals if row.state == "Unmatched"]
	waiting = {row.name for row in of.waiting}
	return {
		"Unmatched": len(left),
		"Still waiting": number(left, lambda mentee: mentee in waiting),
	}


def no_match(of: Records) -> dict[str, Any]:
	return {"In match runs": len(of.proposals)} | left_over(of)


def hours(of: Records) -> dict[str, Any]:
	return {"People": len(of.hour_seats()), "Hours": round(of.attended_minutes() / 60, 1)}


def words(of: Records) -> dict[str, Any]:
	return {
		"Answers": len(of.feedback),
		"With comments": number(of.feedback, lambda row: row.comment),
		"Average rating (out of 5)": mean([stars(row.rating) for row in of.feedback if row.rating], 2),
	}


def exceptions(of: Records) -> dict[str, Any]:
	parts = [
		row
		for row in of.parts
		if row.status in ("Applied", "Approved", "Active")
		and of.going(row.cycle)
		and of.profiles[row.profile].membership_state != "Active"
	]

	def people(state: str) -> int:
		return len({row.profile for row in parts if of.profiles[row.profile].membership_state == state})

	return {
		"People": len({row.profile for row in parts}),
		"Lapsed": people("Lapsed"),
		"In grace period": people("Grace"),
		"Active in a group": number(parts, lambda row: row.status == "Active"),
	}


def credit(of: Records) -> dict[str, Any]:
	"""What each record comes to is asked of the rule elsewhere; here: which pairs there are."""
	earning = {name for name, program in of.programs.items() if program.credit_scheme}
	return {
		"Shown": number(
			of.groups.values(),
			lambda group: group.status in STARTED and of.cycles[group.cycle].program in earning,
		)
	}


def owed(of: Records) -> dict[str, Any]:
	"""In the demo everybody in a group signed and was trained; who owes what is counted elsewhere.

	Programs that ask for nothing aren't looked at.
	"""
	demanding = {
		name
		for name, program in of.programs.items()
		if program.training_for_mentors or program.training_for_mentees or program.training_for_moderators
	} | {row.parent for row in frappe.get_all("Mentoring Program Agreement", fields=["parent"])}
	alive = {
		name
		for name, group in of.groups.items()
		if group.status in ("Proposed", "Active") and of.cycles[group.cycle].program in demanding
	}
	live = ("Proposed", "Accepted", "Active", "Suspended")
	return {"Places checked": number(of.seats, lambda seat: seat.parent in alive and seat.status in live)}


def workshops(of: Records) -> dict[str, Any]:
	came = number(of.workshop_people, lambda row: row.status == "Attended")
	missed = number(of.workshop_people, lambda row: row.status == "Missed")
	return {
		"Workshops": len(of.workshops),
		"Planned": number(of.workshops, lambda row: row.status == "Planned"),
		"Held": number(of.workshops, lambda row: row.status == "Held"),
		"Attended": came,
		"Attendance": share(came, came + missed),
	}


def participants(of: Records) -> dict[str, Any]:
	live = ("Proposed", "Accepted", "Active", "Suspended")
	seated = {seat.participant for seat in of.seats if seat.status in live}
	return {
		"People": len({row.profile for row in of.parts}),
		"Mentors": len(of.mentors),
		"Mentees and peers": len(of.mentees),
		"Without a group": number(of.parts, lambda row: row.name not in seated),
		"Membership not active": number(
			of.parts, lambda row: of.profiles[row.profile].membership_state != "Active"
		),
	}


COUNTS: dict[str, Callable[[Records], dict[str, Any]]] = {
	"Mentoring Overview": overview,
	"Mentoring Participation": participation,
	"Mentor Capacity": capacity_and_need,
	"Mentoring Waiting Times": waiting_times,
	"Mentoring Group Health": lambda of: {"Active groups": len(of.running)} | health(of),
	"Mentoring Attendance": attendance,
	"Mentoring Feedback Ratings": ratings,
	"Mentoring Success Stories": stories,
	"Mentoring Goals Met": goals,
	"Guest Speaker Requests": speakers,
	"Unmatched Reasons": no_match,
	"Mentoring Workshops": workshops,
	"Mentor Places": capacity,
	"Mentees Waiting": mentees_waiting,
	"Groups Needing Attention": lambda of: {"Groups": len(of.running)} | health(of),
	"Mentoring Hours by Person": hours,
	"Feedback Comments": words,
	"Membership Exceptions": exceptions,
	"Mentoring Participants": participants,
	"Mentees Without a Match": left_over,
	"Mentoring Credit Records": credit,
	"Outstanding Agreements and Training": owed,
}


def test_every_figure_of_every_report_is_what_the_records_say(records):
	assert set(COUNTS) == {*COMMITTEE_REPORTS, *STAFF_REPORTS}
	wrong, empty = {}, []
	for report, count in COUNTS.items():
		expected = count(records)
		asked = LONG_AGO if report == "Mentoring Feedback Ratings" else {}
		shown = figures(report, **asked)
		for label, value in expected.items():
			if shown.get(label) != value:
				wrong[f"{report}: {label}"] = f"{shown.get(label)!r}, and the records say {value!r}"
		if not rows(report, **asked):
			empty.append(report)
	assert not wrong, "\n".join(f"{figure}: {said}" for figure, said in wrong.items())
	assert empty == ["Outstanding Agreements and Training"], "the demo shows nothing in these"

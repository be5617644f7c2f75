"""What the figures of a report are called, in the language of whoever composes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from frappe import _
from frappe.utils import cint, flt, formatdate, getdate

from mentor_ispe.clock import format_short_date


def activity() -> dict[str, str]:
	"""The figures of the days of the report, in the order in which they are told."""
	return {
		"meetings": _("Meetings held"),
		"hours": _("Hours in meetings"),
		"started": _("New groups"),
		"feedback": _("Feedback given"),
		"attended_share": _("Attendance (%)"),
		"completed": _("Groups completed"),
		"ended_early": _("Groups ended early"),
		"stories": _("Success stories"),
		"speakers": _("Meetings with a guest speaker"),
		"applied_mentees": _("Mentee or peer applications"),
		"applied_mentors": _("Mentor applications"),
	}


def snapshot() -> dict[str, str]:
	"""The figures of the moment."""
	return {
		"groups": _("Active groups"),
		"people": _("All participants"),
		"mentors": _("Mentors"),
		"mentees": _("Mentees or peers"),
		"unmatched": _("Approved, no group yet"),
		"undecided": _("Unanswered applications"),
		"goals": _("Goals set"),
		"goals_achieved": _("Goals achieved"),
	}


def closing() -> dict[str, str]:
	"""The figures of a closing report."""
	return {
		"mentees_applied": _("Mentee or peer applications"),
		"mentees_approved": _("Approved mentees or peers"),
		"mentees_matched": _("With a group"),
		"mentees_completed": _("Completed"),
		"mentors_approved": _("Approved mentors"),
		"groups_completed": _("Groups completed"),
		"groups_ended_early": _("Groups ended early"),
		"meetings": _("Meetings held"),
		"hours": _("Hours in meetings"),
		"attended_share": _("Attendance (%)"),
		"goals": _("Goals set"),
		"goals_achieved": _("Goals achieved"),
		"stars": _("Average rating (of 5 stars)"),
	}


def health() -> dict[str, str]:
	return {
		"good": _("doing well"),
		"fair": _("fair"),
		"low": _("need attention"),
		"unknown": _("not measured yet"),
	}


def needs(figures: dict[str, Any]) -> list[str]:
	"""What waits for the committee, a sentence each; only what there is."""
	found = figures["needs"]
	sentences = [_speaker(row) for row in found["speakers"]]
	for key, one, many in (
		("concerns", _("One concern is open."), _("{0} concerns are open.")),
		(
			"unmatched",
			_("1 approved person is waiting for a group."),
			_("{0} approved people are waiting for a group."),
		),
		(
			"undecided",
			_("1 application is waiting for an answer."),
			_("{0} applications are waiting for an answer."),
		),
		(
			"overdue",
			_("One person is still waiting after the date we promised an answer."),
			_("{0} people are still waiting after the date we promised an answer."),
		),
		(
			"without_first_meeting",
			_("One group is late for its first meeting."),
			_("{0} groups are late for their first meeting."),
		),
	):
		if number := cint(found[key]):
			sentences.append(one if number == 1 else many.format(number))
	return sentences


def _speaker(row: dict[str, Any]) -> str:
	topic, since = row["topic"] or _("any topic"), day(row["since"])
	if row["requests"] == 1:
		return _("A guest speaker to arrange: {0} (requested on {1}).").format(topic, since)
	return _("{0} guest speakers to arrange: {1} (first requested on {2}).").format(
		row["requests"], topic, since
	)


def upcoming(row: dict[str, Any]) -> str:
	"""What happens on a day ahead."""
	if row["what"] == "workshop":
		if not row["places"]:
			return _("Workshop: {0}, {1} signed up").format(row["title"], cint(row["places_taken"]))
		return _("Workshop: {0}, {1} of {2} places taken").format(
			row["title"], cint(row["places_taken"]), row["places"]
		)
	return {
		"application_from": _("Applications open: {0}"),
		"application_until": _("Last day to apply: {0}"),
		"announcement_date": _("Match announcement: {0}"),
		"kickoff_on": _("Kickoff: {0}"),
		"start_date": _("Start: {0}"),
		"end_date": _("End: {0}"),
	}[row["what"]].format(row["title"])


def trend(figure: dict[str, Any]) -> list[str]:
	"""How a figure compares, in a few words each; nothing where there is nothing to compare with."""
	now: float = flt(figure["now"])
	said: list[str] = []
	if figure["now"] is None:
		return said
	if (before := figure.get("before")) is not None:
		if now > flt(before):
			said.append(_("▲ from {0}").format(number(before)))
		elif now < flt(before):
			said.append(_("▼ from {0}").format(number(before)))
		else:
			said.append(_("unchanged"))
	if (year_ago := figure.get("year_ago")) is not None:
		said.append(_("a year ago: {0}").format(number(year_ago)))
	return said


def number(value: float | int | None) -> str:
	"""A figure without needless decimals; a dash for none."""
	if value is None:
		return "–"
	return str(int(value)) if float(value).is_integer() else f"{value:.1f}"


def day(value: str | date) -> str:
	return format_short_date(getdate(value))


def month(value: str | date) -> str:
	return formatdate(getdate(value), "MMM")


def days(first: str | date, last: str | date) -> str:
	return _("{0} to {1}").format(day(first), day(last))

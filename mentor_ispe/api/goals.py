"""Goals, hours and credit over HTTP: for members about themselves and their groups, for coordinators about all."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.values import GoalValues
from mentor_ispe.domain.hours import Hours
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import (
	COMMITTEE_TOO,
	MEMBER,
	SIGNED_IN,
	enter_or_coordinate,
)
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.readings.credit_schemes import options
from mentor_ispe.readings.profiles import names_of
from mentor_ispe.services.credit import record as credit_records
from mentor_ispe.services.groups import goals as goal_service
from mentor_ispe.services.groups import hours as hour_service


@endpoint(MEMBER, methods=READS)
def my_goals(cycle: str | None = None) -> list[dict]:
	"""One's own goals with their steps."""
	return goal_service.goals_of(own_profile(), cycle)


@endpoint(MEMBER, once=True, form=HtmlForm(N_("Your goal has been saved.")))
def save_goal(
	values: GoalValues,
	name: str | None = None,
	group: str | None = None,
	cycle: str | None = None,
	role: str | None = None,
) -> dict:
	"""Set a goal in a group (or for a cycle before the match), or change one's own called `name`."""
	return _goal(goal_service.save_goal(own_profile(), values, name or None, group or None, cycle, role))


@endpoint(MEMBER, form=HtmlForm(N_("Your review has been saved.")))
def review_goal(name: str, status: str, review: str) -> dict:
	"""Look at one's goal again: "Achieved", "Partly Achieved" or "Dropped", and a few words."""
	return _goal(goal_service.review_goal(own_profile(), name, status, review))


@endpoint(MEMBER)
def drop(name: str, review: str) -> dict:
	"""Drop one's goal, with a few words on why."""
	return _goal(goal_service.review_goal(own_profile(), name, "Dropped", review))


@endpoint(MEMBER, form=HtmlForm(N_("The goal is open again.")))
def reopen_goal(name: str) -> dict:
	"""Go on with one's goal after a review."""
	return _goal(goal_service.reopen(own_profile(), name))


@endpoint(MEMBER, form=HtmlForm(N_("Saved.")))
def complete_goal_step(name: str, step: int, done: int = 1) -> dict:
	"""Say whether step number `step` of one's goal is done."""
	return _goal(goal_service.tick(own_profile(), name, step, bool(done)))


@endpoint(SIGNED_IN, methods=READS)
def group_goals(group: str) -> list[dict]:
	"""The goals that people show to the group, and one's own; coordinators see all of them."""
	return goal_service.goals_in(group, enter_or_coordinate(group))


@endpoint(SIGNED_IN, methods=READS)
def hours(group: str) -> list[dict]:
	"""The hours of everybody in the group by month, with what is missing and by when."""
	enter_or_coordinate(group)
	people = hour_service.hours_of([group]).get(group, {})
	names = names_of(people)
	return [{"profile": name, "full_name": names.get(name), **_hours(each)} for name, each in people.items()]


@endpoint(MEMBER, methods=READS)
def my_hours() -> list[dict]:
	"""One's own hours in every group."""
	found = hour_service.hours_of_person(own_profile())
	return [{"group": group, **_hours(each)} for group, each in found.items()]


@endpoint(SIGNED_IN, methods=READS)
def credit(group: str, of: str | None = None) -> dict:
	"""How every rule of the group's credit stands and why; a group program says that it earns none.

	`of`, for coordinators: the profile of a mentor who was replaced.
	"""
	return credit_records.state(group, of=credit_records.reader_of(group, of))


@endpoint(SIGNED_IN, methods=READS)
def credit_record(group: str, of: str | None = None) -> dict:
	"""The record for an audit: partners, employers, and the time of every meeting; never what was said."""
	return credit_records.record(group, of=credit_records.reader_of(group, of))


@endpoint(SIGNED_IN, methods=READS)
def credit_record_pdf(group: str, of: str | None = None) -> None:
	"""The record as a PDF file."""
	content = credit_records.pdf(group, of)
	frappe.local.response.filename = f"credit-record-{group}.pdf"
	frappe.local.response.filecontent = content
	frappe.local.response.type = "pdf"


@endpoint(COMMITTEE_TOO, methods=READS)
def credit_schemes() -> list[dict]:
	"""The schemes that a program can choose from, for the Desk."""
	return options()


def _goal(doc) -> dict:
	return {
		"name": doc.name,
		"title": doc.title,
		"status": doc.status,
		"progress": doc.progress,
		"reviewed_on": doc.reviewed_on,
	}


def _hours(each: Hours) -> dict:
	return {
		"minutes": each.minutes,
		"asked": each.asked,
		"missing": each.missing,
		"by": each.by,
		"state": each.state,
		"months": [
			{
				"month": month.month,
				"minutes": month.minutes,
				"asked": month.asked,
				"missing": month.missing,
				"by": month.by,
				"state": month.state,
			}
			for month in each.months
		],
		"says": [credit_records.in_dates(words) for words in each.says()],
	}

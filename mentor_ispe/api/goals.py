"""Goals, hours and credit over HTTP: for members about themselves and their groups, for coordinators about all."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import frappe
from frappe import _

from mentor_ispe.api.retry import retried
from mentor_ispe.domain.hours import Hours
from mentor_ispe.services.credit import printing
from mentor_ispe.services.credit import record as credit_records
from mentor_ispe.services.credit.schemes import options
from mentor_ispe.services.groups import goals as goal_service
from mentor_ispe.services.groups import hours as hour_service
from mentor_ispe.services.groups.group_people import seat_in
from mentor_ispe.services.members import profiles

SEATS_THAT_READ = ("Accepted", "Active", "Suspended", "Completed")


@frappe.whitelist(methods=["GET", "POST"])
@retried
def my_goals(cycle: str | None = None) -> list[dict]:
	"""One's own goals with their steps."""
	return goal_service.goals_of(profiles.own_profile(), cycle)


@frappe.whitelist(methods=["POST"])
@retried
def save_goal(
	values: dict | str,
	name: str | None = None,
	group: str | None = None,
	cycle: str | None = None,
	role: str | None = None,
) -> dict:
	"""Set a goal in a group (or for a cycle before the match), or change one's own called `name`."""
	return _goal(
		goal_service.save_goal(profiles.own_profile(), frappe.parse_json(values), name, group, cycle, role)
	)


@frappe.whitelist(methods=["POST"])
@retried
def review_goal(name: str, status: str, review: str) -> dict:
	"""Look at one's goal again: "Achieved", "Partly Achieved" or "Dropped", and a few words."""
	return _goal(goal_service.review_goal(profiles.own_profile(), name, status, review))


@frappe.whitelist(methods=["POST"])
@retried
def drop(name: str, review: str) -> dict:
	"""Drop one's goal, with a few words on why."""
	return _goal(goal_service.review_goal(profiles.own_profile(), name, "Dropped", review))


@frappe.whitelist(methods=["POST"])
@retried
def reopen_goal(name: str) -> dict:
	"""Go on with one's goal after a review."""
	return _goal(goal_service.reopen(profiles.own_profile(), name))


@frappe.whitelist(methods=["POST"])
@retried
def tick_step(name: str, step: int, done: int = 1) -> dict:
	"""Say whether step number `step` of one's goal is done."""
	return _goal(goal_service.tick(profiles.own_profile(), name, int(step), bool(int(done))))


@frappe.whitelist(methods=["GET", "POST"])
@retried
def group_goals(group: str) -> list[dict]:
	"""The goals that people show to the group, and one's own; coordinators see all of them."""
	return goal_service.goals_in(group, _reader(group))


@frappe.whitelist(methods=["GET", "POST"])
@retried
def hours(group: str) -> list[dict]:
	"""The hours of everybody in the group by month, with what is missing and by when."""
	_reader(group)
	people = hour_service.hours_of([group]).get(group, {})
	names = dict(
		frappe.get_all(
			"Mentoring Profile",
			filters={"name": ("in", list(people) or [""])},
			fields=["name", "full_name"],
			as_list=True,
		)
	)
	return [{"profile": name, "full_name": names.get(name), **_hours(each)} for name, each in people.items()]


@frappe.whitelist(methods=["GET", "POST"])
@retried
def my_hours() -> list[dict]:
	"""One's own hours in every group."""
	found = hour_service.hours_of_person(profiles.own_profile())
	return [{"group": group, **_hours(each)} for group, each in found.items()]


@frappe.whitelist(methods=["GET", "POST"])
@retried
def credit(group: str) -> dict:
	"""How every rule of the group's credit stands and why; a group program says that it earns none."""
	printing.check_reader(group)
	return credit_records.state(group)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def credit_record(group: str) -> dict:
	"""The record for an audit: partners, employers, and the time of every meeting; never what was said."""
	printing.check_reader(group)
	return credit_records.record(group)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def credit_record_pdf(group: str) -> None:
	"""The record as a PDF file."""
	content = printing.pdf(group)
	frappe.local.response.filename = f"credit-record-{group}.pdf"
	frappe.local.response.filecontent = content
	frappe.local.response.type = "pdf"


@frappe.whitelist(methods=["GET", "POST"])
@retried
def credit_schemes() -> list[dict]:
	"""The schemes that a program can choose from, for the Desk."""
	frappe.has_permission("Mentoring Program", "read", throw=True)
	return options()


def _reader(group: str) -> str | None:
	"""The profile of the reader in the group; None for a coordinator, an error for everybody else."""
	if printing.is_coordinator():
		return None
	profile = profiles.own_profile()
	seat = seat_in(group, profile)
	if seat is None or seat.status not in SEATS_THAT_READ:
		raise frappe.PermissionError(_("This is for the people in the group."))
	return profile


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

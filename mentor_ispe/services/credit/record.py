"""The credit record of a partnership: who, when, how long, in person or online; never what was said. And its PDF."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import formatdate, get_system_timezone

from mentor_ispe.clock import format_short_date, today
from mentor_ispe.domain.credit.findings import NOT_MET, Finding, found
from mentor_ispe.domain.credit.schemes import CreditScheme, RuleFinding, evaluate, overall
from mentor_ispe.domain.sessions.attendance import MeetingRecord
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import RuleViolation, violation_message
from mentor_ispe.permissions.gate import coordinates, keeps_record, signed_in_profile
from mentor_ispe.readings.credit_schemes import schemes
from mentor_ispe.services.credit.partnerships import Relationship, relationships
from mentor_ispe.services.prints.printing import page_of, pdf_from

DATE_AND_TIME = "%Y-%m-%d %H:%M"
# Said the same all over the world, unlike 03-04-2031.
MONTH = "MMMM yyyy"


def evaluate_many(groups: Collection[str], on: date | None = None) -> dict[str, list[RuleFinding]]:
	"""What the rules answer for each of these groups, in a constant number of queries.

	A group that earns no credit, or hasn't started, has no answers.
	"""
	known = schemes()
	day = on or today()
	return {
		name: findings_of(known.get(each.program.credit_scheme or ""), each, day)
		for name, each in relationships(groups).items()
	}


def findings_of(
	scheme: CreditScheme | None, each: Relationship, on: date, of: str | None = None
) -> list[RuleFinding]:
	pair = each.pair_of(of)
	return evaluate(scheme, pair, on) if scheme and pair else []


def state(group: str, on: date | None = None, of: str | None = None) -> dict[str, Any]:
	"""The rules of a group's credit on a day, each with its state and why, in the words of the session.

	`of` is the profile that it is for: a mentor who was replaced has a partnership of their own.
	"""
	return _state(_relationship(group), on or today(), of)


def record(group: str, on: date | None = None, of: str | None = None) -> dict[str, Any]:
	"""Everything an audit asks for, as of the end of the day `on`; `of` as in `state`.

	Times are ISO 8601 with their offset: `starts_at` and `ends_at` in the site's time zone, those under
	`clocks` in each partner's own. Raises RuleViolation for a group that earns no credit or hasn't begun.
	"""
	each, day = _relationship(group), on or today()
	said = _state(each, day, of)
	pair = each.pair_of(of)
	if pair is None or not said["earns"]:
		frappe.throw(said["because"], exc=RuleViolation)
	until = max(pair.start, pair.until(day))
	held = [m for m in pair.meetings if m.held and pair.start <= m.day <= min(day, pair.ended or day)]
	profiles = {partner.profile: each.profiles[partner.profile] for partner in pair.partners}
	meetings = [_meeting(meeting, profiles) for meeting in sorted(held, key=lambda one: one.starts)]
	together = pair.both_met(day)
	return {
		**said,
		"group": group,
		"title": each.last.title or each.last.name,
		"program": each.program.name,
		"cycles": [row.cycle for row in each.groups],
		"started_on": pair.start,
		"ended_on": pair.end if pair.over(day) else None,
		"planned_end": pair.planned_end,
		"as_of": day,
		"time_zone": get_system_timezone(),
		"partners": [
			{
				"profile": partner.profile,
				"full_name": partner.full_name,
				"role": partner.role,
				"employer": partner.employer_on(until),
				"employer_at_start": partner.employer_on(pair.start),
				"employer_changes": [
					{"on": changed, "from": old, "to": new}
					for changed, old, new in partner.changes(pair.start, until)
				],
				"time_zone": each.profiles[partner.profile].time_zone or get_system_timezone(),
			}
			for partner in pair.partners
		],
		"meetings": meetings,
		"meetings_of_both": len(together),
		"in_person": sum(meeting.in_person for meeting in together),
		"minutes": sum(min(meeting.attended[one.profile] for one in pair.partners) for meeting in together),
	}


def in_dates(violation: Violation) -> str:
	"""The words of a finding, its days as the reader writes them."""
	params = {
		key: (formatdate(value, MONTH) if key == "month" else format_short_date(value))
		if isinstance(value, date)
		else value
		for key, value in violation.params.items()
	}
	return violation_message(Violation(violation.code, violation.message, params))


def _relationship(group: str) -> Relationship:
	found_here = relationships([group]).get(group)
	if found_here is None:
		frappe.throw(_("There is no group {0}.").format(group), exc=frappe.DoesNotExistError)
	return found_here


def _state(each: Relationship, on: date, of: str | None) -> dict[str, Any]:
	scheme = schemes().get(each.program.credit_scheme or "")
	why_not = _why_not(scheme, each)
	findings = [] if why_not else findings_of(scheme, each, on, of)
	return {
		"earns": not why_not,
		"because": in_dates(why_not.because) if why_not else None,
		"scheme": scheme.name if scheme else None,
		"scheme_title": _(scheme.title) if scheme else None,
		"state": overall(findings) if findings else None,
		"rules": [
			{
				"rule": one.rule,
				"title": _(one.title),
				"state": one.finding.state,
				"because": in_dates(one.finding.because),
			}
			for one in findings
		],
	}


def _why_not(scheme: CreditScheme | None, each: Relationship) -> Finding | None:
	"""Why this group doesn't earn credit at all, or not yet."""
	if each.program.format != "One-on-One":
		return found(
			NOT_MET,
			"no_pair",
			N_("Group and circle programs don't earn recertification credit. Only one-on-one programs do."),
		)
	if scheme is None:
		return found(NOT_MET, "no_scheme", N_("This program has no credit scheme."))
	if each.pair is None:
		return found(NOT_MET, "not_started", N_("This partnership hasn't started yet."))
	return None


def _meeting(meeting: MeetingRecord, profiles: Mapping[str, frappe._dict]) -> dict[str, Any]:
	here = ZoneInfo(get_system_timezone())
	starts = meeting.starts.replace(tzinfo=here)
	# The end by the clock that counts minutes, not by adding to a wall clock that may jump on the way.
	ends = (starts.astimezone(ZoneInfo("UTC")) + timedelta(minutes=meeting.minutes)).astimezone(here)
	return {
		"session": meeting.session,
		"date": meeting.day,
		"starts_at": starts.isoformat(),
		"ends_at": ends.isoformat(),
		"time_zone": here.key,
		"minutes": meeting.minutes,
		"mode": "In Person" if meeting.in_person else "Online",
		"attended": [
			{"profile": name, "full_name": row.full_name, "minutes": meeting.attended[name]}
			for name, row in profiles.items()
			if name in meeting.attended
		],
		"clocks": {name: _clock(starts, ends, row.time_zone or here.key) for name, row in profiles.items()},
	}


def _clock(starts: datetime, ends: datetime, zone: str) -> dict[str, str]:
	there = ZoneInfo(zone)
	first, last = starts.astimezone(there), ends.astimezone(there)
	return {
		"starts_at": first.isoformat(),
		"ends_at": last.isoformat(),
		"time_zone": zone,
		"shown": f"{first.strftime(DATE_AND_TIME)} – {last.strftime('%H:%M')} {first.tzname()}",
	}


PRINT_FORMAT = "Mentoring Credit Record"


def check_reader(group: str) -> None:
	"""Refuse everyone but the people of the group and the coordinators."""
	if coordinates(group):
		return
	profile = signed_in_profile()
	if not (profile and keeps_record(group, profile)):
		raise frappe.PermissionError(
			_("Only the two partners and the coordinators can see the credit record.")
		)


def reader_of(group: str, of: str | None = None) -> str | None:
	"""Whose record somebody reads: their own; a coordinator, who is asked for first, that of any mentor.

	Refuses everyone but the people of the group and the coordinators.
	"""
	check_reader(group)
	own = signed_in_profile()
	if not of or of == own:
		return own
	if not coordinates(group):
		raise frappe.PermissionError(
			_("Only the two partners and the coordinators can see the credit record.")
		)
	return of


def mentoring_credit_record(group: str) -> dict[str, Any]:
	"""The record for the print format, which Frappe renders for whoever may read the group.

	`of` in the address names the mentor, where the group had several.
	"""
	return record(group, of=reader_of(group, frappe.form_dict.get("of")))


def pdf(group: str, of: str | None = None) -> bytes:
	"""The record as a PDF, by the print format and the PDF generator of Frappe.

	Raises PermissionError for others than the partners and coordinators, RuleViolation where no credit is
	earned.
	"""
	frappe.local.form_dict["of"] = of  # the print format knows the group alone
	mentoring_credit_record(group)  # says why not before a page is rendered
	page = page_of("Mentoring Group", group, PRINT_FORMAT, no_letterhead=1)
	return pdf_from(page, "Mentoring Group", group)

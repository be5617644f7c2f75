"""Where a member stands, in words: each application with what happens next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.groups.ending import GOALS_MET

HOME = "/mentoring"


@dataclass(frozen=True)
class State:
	"""One part in one cycle; `link` and `link_words` lead on, empty where there is nothing to do."""

	program: str
	cycle: str
	role: str
	words: str
	link: str = ""
	link_words: str = ""


def states(status: Mapping[str, Any], clock: Clock) -> list[State]:
	"""Every application with what it has come to, those of now before those that are over."""
	groups = status["groups"]
	found = [_state(row, groups, clock) for row in status["applications"]]
	over = ("Completed", "Withdrawn", "Rejected")
	order = [row["status"] in over for row in status["applications"]]
	return [state for _over, state in sorted(zip(order, found, strict=True), key=lambda each: each[0])]


def status_words(status: str) -> str:
	"""A status as members read it: records spell it as Frappe does, texts as Americans do."""
	return _("Canceled") if status == "Cancelled" else _(status)


def role_words(role: str, format: str | None = None) -> str:
	"""The part one takes, as it is called in the program."""
	if role == "Mentor":
		return _("Mentor")
	return _("Peer") if format == "Peer Circle" else _("Mentee")


def _state(row: Mapping[str, Any], groups: list[dict], clock: Clock) -> State:
	words, link, link_words = _told(row, groups, clock)
	moderates = any(
		each.get("is_moderator") and each["cycle"] == row["cycle"] and each["seat"] in LIVE_SEATS
		for each in groups
	)
	of_mentee = row["doctype"] == "Mentee" and moderates
	role = _("Moderator") if of_mentee else role_words(row["doctype"], row.get("format"))
	return State(row["program"], row["cycle"], role, words, link, link_words)


def _told(row: Mapping[str, Any], groups: list[dict], clock: Clock) -> tuple[str, str, str]:
	application = f"{HOME}/apply/{quote(row['cycle'], safe='')}"
	mine = [each for each in groups if each["cycle"] == row["cycle"] and each["role"] == row["doctype"]]
	proposed = next((each for each in mine if each["seat"] == "Proposed"), None)
	seated = [each for each in mine if each["seat"] in ("Accepted", "Active", "Suspended")]
	status = row["status"]
	if proposed:
		words = _("You have a match: {0}.").format(proposed["title"])
		return words, f"{HOME}/match/{quote(proposed['name'])}", _("View and respond")
	if seated:
		names = ", ".join(each["title"] for each in seated)
		if any(each["seat"] == "Suspended" for each in seated):
			words = _("Your place in {0} is on hold until you renew your membership.").format(names)
		elif all(each["seat"] == "Accepted" for each in seated):
			words = _("You accepted {0}. It hasn't started yet.").format(names)
		else:
			words = _("You're in {0}.").format(names)
		return words, group_path(seated[0]["name"]), _("Open the group")
	if status == "Applied":
		words = _("We have your application.")
		if row["answer_by"]:
			words = _("We have your application. You'll hear from us by {0}.").format(
				clock.day(row["answer_by"])
			)
		return words, application, _("View details")
	ended = [each for each in mine if each["seat"] == "Ended" and each["status"] == "Ended Early"]
	if status == "Approved" and ended:
		return _after_a_group(row, max(ended, key=lambda each: cstr(each["joined_on"])))
	if status == "Approved":
		return _("You're approved. Next, we'll find you a match."), application, _("View details")
	if status == "Rejected":
		return _("Your application wasn't accepted: {0}").format(row["decision_note"] or ""), "", ""
	if status == "Withdrawn":
		return _("You withdrew."), "", ""
	return _("This cycle has ended. Thank you!"), "", ""


def _after_a_group(row: Mapping[str, Any], group: Mapping[str, Any]) -> tuple[str, str, str]:
	"""Whoever could be matched again after a group that ended early."""
	link = group_path(group["name"])
	if row["doctype"] == "Mentor":
		return _("{0} has ended. You can be matched again.").format(group["title"]), link, _("Open the group")
	if group["end_kind"] == GOALS_MET:
		words = _("{0} has ended because your goals are met. Do you want another match?")
		return words.format(group["title"]), f"{link}#finish-head", _("Tell us")
	words = _("{0} has ended. You're waiting for another match.")
	return words.format(group["title"]), link, _("Open the group")

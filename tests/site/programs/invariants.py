"""Rules 1 to 8, looked at from outside: plain reads of the tables, nothing of the app's own logic."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import frappe
from frappe.utils import getdate

LIVE = ("Proposed", "Accepted", "Active", "Suspended")


def broken_rules(cycles: list[str]) -> list[str]:
	"""What is wrong in these cycles, in words; empty when every rule holds."""
	groups = frappe.get_all("Mentoring Group", {"cycle": ("in", cycles)}, ["*"])
	members = frappe.get_all(
		"Mentoring Group Member",
		{"parent": ("in", [group.name for group in groups] or [""]), "parenttype": "Mentoring Group"},
		["*"],
	)
	by_group = defaultdict(list)
	for member in members:
		by_group[member.parent].append(member)
	return [
		*_capacity(cycles, groups, by_group),
		*_one_mentor(cycles, groups, by_group),
		*_never_after_decline(groups, by_group),
		*_closed_groups(groups, by_group),
		*_ready_before_sessions(groups, by_group),
		*_notes_unreadable(groups),
		*_mails(),
	]


def mentors_in(rows) -> list:
	"""Those who mentor now."""
	return [row for row in rows if row.role == "Mentor" and row.status in LIVE]


def members_in(rows) -> list:
	return [row for row in rows if row.role != "Mentor"]


def _capacity(cycles, groups, by_group) -> list[str]:
	held = Counter()
	for group in groups:
		for mentor in mentors_in(by_group[group.name]):
			held[mentor.participant] += sum(row.status in LIVE for row in members_in(by_group[group.name]))
	broken = []
	for mentor in frappe.get_all(
		"Mentor", {"cycle": ("in", cycles)}, ["name", "seats_offered", "seats_taken"]
	):
		if held[mentor.name] > mentor.seats_offered:
			broken.append(f"rule 3: {mentor.name} holds {held[mentor.name]} of {mentor.seats_offered} seats")
		if held[mentor.name] != mentor.seats_taken:
			broken.append(f"rule 3: {mentor.name} counts {mentor.seats_taken}, holds {held[mentor.name]}")
	return broken


def _one_mentor(cycles, groups, by_group) -> list[str]:
	seats = defaultdict(list)
	broken = []
	for group in groups:
		mentoring = {row.profile for row in mentors_in(by_group[group.name])}
		for row in members_in(by_group[group.name]):
			if row.status in LIVE:
				seats[row.participant].append(group.name)
				if row.profile in mentoring:
					broken.append(f"rule 4: {row.profile} is on both sides of {group.name}")
	broken += [
		f"rule 4: {mentee} sits in {len(where)} groups" for mentee, where in seats.items() if len(where) > 1
	]
	for mentee in frappe.get_all("Mentee", {"cycle": ("in", cycles)}, ["name", "mentoring_group"]):
		if (mentee.mentoring_group or "") != "".join(seats[mentee.name][:1]):
			broken.append(f"rule 4: {mentee.name} points to {mentee.mentoring_group}")
	return broken


def _never_after_decline(groups, by_group) -> list[str]:
	declined = set()
	for group in groups:
		rows = by_group[group.name]
		for mentor in (row for row in rows if row.role == "Mentor"):
			for row in members_in(rows):
				if "Declined" in (row.status, mentor.status):
					declined.add((mentor.participant, row.participant, group.name))
	broken = []
	for mentor, mentee, where in declined:
		for group in groups:
			there = {row.participant for row in by_group[group.name] if row.status in LIVE}
			if {mentor, mentee} <= there and group.name != where:
				broken.append(f"rule 4: {mentor} and {mentee} again in {group.name}, declined in {where}")
	return broken


def _closed_groups(groups, by_group) -> list[str]:
	return [
		f"{group.name} is {group.status} and somebody holds a seat in it"
		for group in groups
		if group.status in ("Completed", "Ended Early", "Cancelled")
		and any(row.status in LIVE for row in by_group[group.name])
	]


def _ready_before_sessions(groups, by_group) -> list[str]:
	"""Rule 5: whoever was at a meeting had signed by that day, and had done the training."""
	programs = {
		name: frappe.get_doc("Mentoring Program", name)
		for name in {group.program for group in groups if group.program}
	}
	signed = defaultdict(list)
	for row in frappe.get_all(
		"Mentoring Agreement Acceptance", fields=["profile", "agreement", "accepted_on"]
	):
		signed[row.profile, row.agreement].append(getdate(row.accepted_on))
	broken = []
	for group in groups:
		program = programs[group.program]
		mentor = frappe.db.get_value("Mentor", group.mentor, "profile") if group.mentor else None
		moderators = {row.profile for row in by_group[group.name] if row.is_moderator}
		for session in frappe.get_all(
			"Mentoring Session", {"mentoring_group": group.name, "status": "Held"}, ["name", "starts_on"]
		):
			for profile in frappe.get_all(
				"Mentoring Session Attendance", {"parent": session.name, "attended": 1}, pluck="profile"
			):
				roles = {"Everyone", "Mentors" if profile == mentor else "Mentees"}
				roles |= {"Moderators"} if profile in moderators else set()
				for row in program.agreements:
					# A newer version takes the place of the one that was signed; any signed one counts here.
					days = signed[profile, row.agreement]
					if row.required_of in roles and not any(
						day <= getdate(session.starts_on) for day in days
					):
						broken.append(f"rule 5: {profile} was at {session.name} without {row.agreement}")
	return broken


def _notes_unreadable(groups) -> list[str]:
	"""Rule 7: what is kept of a meeting can't be read in the table (an id of a key, then a Fernet token)."""
	names = [group.name for group in groups] or [""]
	return [
		f"rule 7: {doctype} {row.name} can be read"
		for doctype in ("Mentoring Session Note", "Mentoring Action Item")
		for row in frappe.get_all(doctype, {"mentoring_group": ("in", names)}, ["name", "content"])
		if row.content and not re.fullmatch(r"[0-9a-f]{8}:gAAAA[\w=-]+", row.content)
	]


def _mails() -> list[str]:
	"""Rule 8: every notice that was due went out in one mail, with others only where it was joined."""
	notices = frappe.get_all(
		"Mentoring Notice",
		fields=[
			"name",
			"notice_key",
			"status",
			"email_queue",
			"error",
			"recipient",
			"joined_in",
			"act",
			"profile",
			"calendar",
			"not_before",
		],
	)
	keys = Counter(notice.notice_key for notice in notices)
	broken = [f"rule 8: {key} was announced {count} times" for key, count in keys.items() if count > 1]
	broken += [
		f"rule 8: {notice.notice_key} is {notice.status}: {notice.error}"
		for notice in notices
		if notice.status == "Failed"
	]
	queues = defaultdict(list)
	for notice in notices:
		if notice.status == "Queued":
			queues[notice.email_queue].append((notice.recipient, notice.joined_in, notice.act))
	broken += [
		f"rule 8: the mail {queue} stands for {whose}"
		for queue, whose in queues.items()
		if len(whose) > 1 and (len(set(whose)) > 1 or not (whose[0][1] or whose[0][2]))
	]
	# What one act tells one person is one mail; each file for the calendar needs its own.
	acts = defaultdict(set)
	for notice in notices:
		if notice.status == "Queued" and notice.act and not notice.calendar:
			acts[notice.act, notice.recipient, notice.profile, notice.not_before].add(notice.email_queue)
	broken += [
		f"rule 8: {who} got {len(mails)} mails of the act {act}"
		for (act, *who), mails in acts.items()
		if len(mails) > 1
	]
	mails = Counter(
		row.message_id.split("@")[0]
		for row in frappe.get_all("Email Queue", {"message_id": ("like", "mentoring-%")}, ["message_id"])
	)
	broken += [f"rule 8: {message} was queued {count} times" for message, count in mails.items() if count > 1]
	return broken

"""The screens of an application: about you, what the program asks, what is signed, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _

from mentor_ispe.domain import application_fields
from mentor_ispe.domain.application_fields import ApplicationField, Role
from mentor_ispe.domain.participants import record_name
from mentor_ispe.portal import (
	application_answers,
	choices,
	html_text,
	membership_note,
	profile_form,
	program_facts,
	status_text,
)
from mentor_ispe.services.applications import commands, queries, requirements
from mentor_ispe.services.members import joining, member_status
from mentor_ispe.services.programs import queries as programs
from mentor_ispe.services.readiness import workshops

ROLES: dict[str, tuple[Role, ...]] = {
	"Mentor": ("Mentor",),
	"Mentee": ("Mentee",),
	"Both": ("Mentee", "Mentor"),
}
OVER = ("Withdrawn", "Rejected")


def address(cycle: str, **query: str) -> str:
	"""The path of an application, at one of its screens."""
	pairs = "&".join(f"{key}={quote(value)}" for key, value in query.items() if value)
	return f"/mentoring/apply/{quote(cycle, safe='')}" + (f"?{pairs}" if pairs else "")


def find(cycle: str) -> tuple[Any, Any] | None:
	"""The program, as public_programs describes it, and the cycle; None when members know of no such cycle."""
	program = frappe.db.get_value("Mentoring Cycle", {"name": cycle, "status": ("!=", "Draft")}, "program")
	found = programs.described([program]) if program else []
	if not found:
		return None
	row = frappe.db.get_value("Mentoring Cycle", cycle, list(programs.CYCLE), as_dict=True)
	row.takes = programs.takes_applications(row)
	return found[0], row


def prepare(context: Any, program: Any, cycle: Any, profile: str | None) -> None:
	"""Choose the screen, and fill what it needs; `context.screen` names it."""
	context.program, context.cycle = program, cycle
	context.roles = program_facts.roles(program)
	own = profile or ""
	context.applied = _applied(own, cycle.name) if own else {}
	step = frappe.form_dict.get("step") or ""
	kept = queries.draft_of(own, cycle.name) if own and not context.applied else {}
	context.drafted = bool(kept)
	chosen = frappe.form_dict.get("as") or (
		context.roles[0][0] if len(context.roles) == 1 else _drafted_as(kept)
	)
	context.chosen = chosen if chosen in dict(context.roles) else ""
	context.address = address
	context.may_change = _may_change(cycle, context.applied)
	if context.applied and not (step == "questions" and context.may_change):
		_done(context, program, cycle, own)
	elif context.applied:
		context.chosen = "Both" if len(context.applied) == 2 else next(iter(context.applied))
		_questions(context, cycle, own, kept)
	elif cycle.takes != "now":
		context.screen = "closed"
	elif not _note(context, program, own).may_apply:
		context.screen = "not_now"
	elif not context.chosen:
		context.screen = "role"
	elif not profile or step == "about" or (not step and _lacks(profile, program.name)):
		_about(context, profile)
	elif step == "agreements":
		_agreements(context, cycle, profile, kept)
	else:
		_questions(context, cycle, profile, kept)


def _drafted_as(kept: Mapping[str, Any]) -> str:
	"""As what the person began to apply: one of ROLES, empty when they haven't."""
	return next((role for role, parts in ROLES.items() if kept and set(parts) == set(kept)), "")


def _may_change(cycle: Any, applied: dict[str, Any]) -> bool:
	"""Whether the answers still change something: until the cycle is matched."""
	return cycle.status == "Open" and any(row.status in commands.CHANGEABLE for row in applied.values())


def _note(context: Any, program: Any, profile: str) -> membership_note.Note:
	"""What the reader's membership means for this program; on the page too."""
	membership = joining.membership_of(profile, frappe.session.user)
	context.note = membership_note.note(membership.advice_for(program), context.clock, program)
	return context.note


def _applied(profile: str, cycle: str) -> dict[str, Any]:
	"""The person's applications to the cycle that stand, by role."""
	found = {}
	for role in ("Mentor", "Mentee"):
		row = frappe.db.get_value(role, record_name(role, profile, cycle), "*", as_dict=True)
		if row and row.status not in OVER:
			found[role] = row
	return found


def _lacks(profile: str, program: str) -> bool:
	"""Whether the profile leaves open what the program matches by."""
	known = profile_form.values(profile)
	return any(not known.get(field) for field in profile_form.fields_for(program) if field != "time_zone")


def _about(context: Any, profile: str | None) -> None:
	context.screen, context.number = "about", 1
	program = context.program.name
	fields, needed = profile_form.fields_for(program), profile_form.needed_for(program)
	profile_form.prepare(context, profile, fields, needed)
	context.next = address(context.cycle.name, **{"step": "questions", "as": context.chosen})


def _questions(context: Any, cycle: Any, profile: str, kept: Mapping[str, Any]) -> None:
	context.screen, context.number = "questions", 2
	context.asked = ROLES[context.chosen]
	context.topics = choices.topics()
	context.choices_of = choices.of_field
	context.fields = {role: _asked(role, context.program) for role in context.asked}
	context.needed = requirements.needs(context.program.name).application
	context.pauses = "Mentor" in context.asked and not context.applied and queries.pauses(profile, cycle.name)
	context.answers = {
		role: {
			**dict.fromkeys(application_fields.names(role)),
			**(
				queries.answers_of(role, context.applied[role])
				if role in context.applied
				else kept.get(role) or _from_last_time(profile, cycle.name, role, context.program)
			),
		}
		for role in context.asked
	}


def _asked(role: str, program: Any) -> list[ApplicationField]:
	"""What this program asks of who applies in this role."""
	fields = application_fields.APPLICATION_FIELDS[role]
	return [field for field in fields if not field.asked_if or program[field.asked_if]]


def _from_last_time(profile: str, cycle: str, role: Role, program: Any) -> dict[str, Any]:
	return {**queries.usual_answers(role, program.name), **queries.prefill(profile, cycle, role)}


def _agreements(context: Any, cycle: Any, profile: str, kept: Mapping[str, Any]) -> None:
	context.screen, context.number = "agreements", 3
	context.asked = ROLES[context.chosen]
	usual = {role: queries.usual_answers(role, context.program.name) for role in context.asked}
	_show_back(context, profile, {role: {**usual[role], **kept.get(role, {})} for role in context.asked})
	context.to_sign = queries.to_sign(profile, cycle.name, context.asked)
	for row in context.to_sign:
		row.html = html_text.safe_html(row.text)


def _show_back(context: Any, profile: str, answers: dict[Role, dict[str, Any]]) -> None:
	"""Put what was answered, by role, into the page: `answered`, and whether something is `missing`."""
	program, cycle = context.program, context.cycle.name
	needs = requirements.needs(program.name)
	chosen = {"as": context.chosen}
	asked = profile_form.fields_for(program.name)
	about = address(cycle, step="about", **chosen)
	context.answered = [
		application_answers.of_profile(profile_form.values(profile), asked, needs, about),
		*(
			application_answers.of_application(
				role,
				status_text.role_words(role, program.format),
				_asked(role, program),
				given,
				needs,
				address(cycle, step="questions", **chosen),
			)
			for role, given in answers.items()
		),
	]
	context.missing = any(part.missing for part in context.answered)


def _done(context: Any, program: Any, cycle: Any, profile: str) -> None:
	context.screen = "done"
	status = member_status.status_of(profile)
	status["applications"] = [row for row in status["applications"] if row["cycle"] == cycle.name]
	context.parts = [
		status_text.role_words(row["doctype"], program.format)
		for row in status["applications"]
		if row["doctype"] in context.applied
	]
	for row in status["applications"]:
		row["format"] = program.format
	status["applications"] = [  # an answer that is still to come is said once, above
		row for row in status["applications"] if row["status"] != "Applied" or not row["answer_by"]
	]
	context.states = status_text.states(status, context.clock)
	context.answer_by = max(
		(row.answer_by for row in context.applied.values() if row.answer_by and row.status == "Applied"),
		default=None,
	)
	context.to_sign = status["agreements_to_sign"]
	mentee = context.applied.get("Mentee")
	context.may_wish = bool(
		mentee
		and (program.mentees_rank or program.mentees_ask)
		and cycle.status in ("Open", "Matching")
		and queries.others_offer_seats(cycle.name, profile)
	)
	_show_back(
		context, profile, {role: queries.answers_of(role, row) for role, row in context.applied.items()}
	)
	context.trains = [
		words
		for role, switch, words in (
			("Mentor", "training_for_mentors", _("Mentors complete training before the first meeting.")),
			("Mentee", "training_for_mentees", _("Training is required before the first meeting.")),
		)
		if role in context.applied and program[switch] and not context.applied[role].training_completed
	]
	context.workshops = bool(context.trains) and any(
		row["program"] == program.name and row["is_training"] and row["status"] == "Planned"
		for row in workshops.offered_to(profile)
	)

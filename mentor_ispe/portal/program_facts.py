"""The rules of a program in plain words, from its settings alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from frappe import _
from frappe.utils import cint

from mentor_ispe.membership.status import default_grace_days
from mentor_ispe.readings import credit_schemes

Row = tuple[str, str]


def facts(program: Any) -> list[Row]:
	"""(what, in words) for everyone who asks what a program is; `program` is a row of public_programs.described."""
	return [
		(_("Group format"), _people(program)),
		(_("How long"), _length(program)),
		(_("How often"), _rhythm(program)),
		(_("Eligibility"), _who(program)),
		*_before(program),
		(_("Answers"), _answers(program)),
		*_during(program),
	]


def in_short(program: Any) -> str:
	"""Format, length and rhythm in one line."""
	return " · ".join(
		[_people(program), _length(program), every(program.meet_every, program.meet_every_unit)]
	)


def every(count: int, unit: str) -> str:
	"""How often, for example "a meeting every 2 weeks"."""
	if cint(count) == 1:
		return _("a meeting every week") if unit == "Week" else _("a meeting every month")
	words = _("a meeting every {0} weeks") if unit == "Week" else _("a meeting every {0} months")
	return words.format(cint(count))


def roles(program: Any) -> list[tuple[str, str]]:
	"""(value, words) of the parts one may apply for: Mentee, Mentor, Both, or Mentee as a peer of a circle."""
	if program.format == "Peer Circle":
		return [("Mentee", _("As a peer"))]
	parts = [("Mentee", _("As a mentee")), ("Mentor", _("As a mentor"))]
	return [*parts, ("Both", _("As both"))] if program.may_be_both else parts


def apply_words(program: Any) -> list[tuple[str, str]]:
	"""(value, words) of the ways to apply, for the buttons that lead there."""
	words = {
		"Mentee": _("Apply as a peer") if program.format == "Peer Circle" else _("Apply as a mentee"),
		"Mentor": _("Apply as a mentor"),
		"Both": _("Apply as both"),
	}
	return [(value, words[value]) for value, _words in roles(program)]


def _people(program: Any) -> str:
	least, most = cint(program.group_size_min), cint(program.group_size_max)
	if program.format == "One-on-One":
		return _("One mentor and one mentee")
	if program.format == "Peer Circle":
		return _("A circle of {0} to {1} peers, without a mentor").format(least, most)
	words = (
		_("A mentor with {0} to {1} mentees; one mentee moderates")
		if program.requires_moderator
		else _("A mentor with {0} to {1} mentees")
	)
	return words.format(least, most)


def _length(program: Any) -> str:
	months = cint(program.length_months)
	return _("one month") if months == 1 else _("{0} months").format(months)


def _rhythm(program: Any) -> str:
	words = [every(program.meet_every, program.meet_every_unit).capitalize()]
	if program.minimum_hours_per_month:
		hours = _number(program.minimum_hours_per_month)
		words.append(
			_("at least an hour a month") if hours == "1" else _("at least {0} hours a month").format(hours)
		)
	if program.minimum_hours:
		words.append(_("at least {0} hours in total").format(_number(program.minimum_hours)))
	if program.first_meeting_days:
		words.append(_("the first within {0} days of the start").format(program.first_meeting_days))
	return ", ".join(words) + "."


def _who(program: Any) -> str:
	types = ", ".join(_(each) for each in program.membership_types)
	words = [
		_("Active members of the {0} chapter.").format(program.chapter)
		if program.chapter
		else _("Active members of the association.")
	]
	if types:
		words.append(_("Membership types: {0}.").format(types))
	grace = cint(program.grace_days) if program.own_grace_days else default_grace_days()
	if grace:
		words.append(
			_("If your membership ends during the program, you keep your place for {0} days.").format(grace)
		)
	if program.may_be_both:
		words.append(_("You can be a mentor and a mentee at the same time."))
	return " ".join(words)


def _before(program: Any) -> Iterator[Row]:
	titles = list(dict.fromkeys(row.title for row in program.agreements))
	if titles:
		yield _("Agreements to sign"), ", ".join(titles)
	trained = [
		words
		for field, words in (
			("training_for_mentors", _("mentors")),
			("training_for_mentees", _("peers") if program.format == "Peer Circle" else _("mentees")),
			("training_for_moderators", _("moderators")),
		)
		if program[field]
	]
	if trained:
		yield _("Training"), _("For {0}, before the first meeting.").format(", ".join(trained))


def _answers(program: Any) -> str:
	words = []
	if program.reply_weeks:
		words.append(_("Within {0} weeks of your application.").format(program.reply_weeks))
	if program.answer_days:
		words.append(
			_(
				"You have {0} days to answer a match. You don't have to accept it; we'll look for another one."
			).format(program.answer_days)
		)
	if program.mentees_ask:
		words.append(_("Mentees can ask a mentor directly."))
	elif program.mentees_rank:
		words.append(_("Mentees can say which mentors they would like."))
	return " ".join(words)


def _during(program: Any) -> Iterator[Row]:
	if program.feedback_every_months:
		months = cint(program.feedback_every_months)
		yield (
			_("Feedback"),
			_("Every month and at the end.")
			if months == 1
			else _("Every {0} months and at the end.").format(months),
		)
	if program.guest_speakers_per_year:
		yield (
			_("Guest speakers"),
			_("Up to {0} a year, arranged for the group.").format(program.guest_speakers_per_year),
		)
	if program.may_extend:
		yield _("After the program"), _("Groups that want to can continue together in the next cycle.")
	scheme = credit_schemes.schemes().get(program.credit_scheme or "")
	if scheme:
		rules = "; ".join(_(rule.title) for rule in scheme.rules)
		yield _("Recertification credit"), f"{_(scheme.title)}: {rules}."


def _number(hours: float) -> str:
	return f"{hours:g}"

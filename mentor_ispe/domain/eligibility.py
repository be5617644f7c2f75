"""Who may commit to a program: the membership, its type, the chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mentor_ispe.domain import membership
from mentor_ispe.domain.membership import Standing
from mentor_ispe.domain.violations import N_, Violation


@dataclass(frozen=True)
class JoinRules:
	"""What a program asks of those who join: no type named means any, no chapter means all.

	`grace_may_commit` lets members in grace apply and accept; without it grace only keeps the place
	that a person already has.
	"""

	membership_types: frozenset[str] = frozenset()
	grace_may_commit: bool = False
	chapter: str | None = None


def may_commit(name: str, standing: Standing, chapter: str | None, rules: JoinRules) -> list[Violation]:
	"""Say why the person called `name`, of `chapter`, may not commit now; empty when they may."""
	broken = _membership(name, standing, rules)
	if not broken:
		broken = _membership_type(name, standing, rules)
	return broken + _chapter(name, chapter, rules)


def _membership(name: str, standing: Standing, rules: JoinRules) -> list[Violation]:
	if standing.state == membership.ACTIVE:
		return []
	if standing.state == membership.GRACE:
		return [] if rules.grace_may_commit else [_in_grace(name, standing)]
	if standing.state == membership.LAPSED:
		return [_lapsed(name, standing)]
	if standing.state == membership.NEVER:
		return [_not_a_member(name, standing)]
	# Whatever else a source may come up with is no membership.
	return [
		Violation(
			"membership_unknown",
			N_(
				"{name}'s membership can't be confirmed right now ({why}). Try again later, or tell the coordinator."
			),
			{"name": name, "why": standing.why.params.get("why") or standing.reason},
		)
	]


def _in_grace(name: str, standing: Standing) -> Violation:
	if standing.why.code == "past_due":
		return Violation(
			"membership_in_grace",
			N_("{name}'s membership fee has been overdue since {since}. Pay it first, then try again."),
			{"name": name, "since": standing.lapsed_since},
		)
	return Violation(
		"membership_in_grace",
		N_(
			"{name}'s membership ended on {day}. The grace period until {grace} keeps a place but allows no new one. Renew the membership first."
		),
		{"name": name, "day": standing.active_until, "grace": standing.grace_until},
	)


def _lapsed(name: str, standing: Standing) -> Violation:
	params = {"name": name, "since": standing.lapsed_since}
	if "next" in standing.why.params:
		return Violation(
			"membership_lapsed",
			N_(
				"{name}'s membership lapsed on {since}. The next one starts on {next}. Try again from that day on."
			),
			{**params, "next": standing.why.params["next"]},
		)
	return Violation(
		"membership_lapsed",
		N_("{name}'s membership lapsed on {since}. Renew it, then try again."),
		params,
	)


def _not_a_member(name: str, standing: Standing) -> Violation:
	if standing.why.code == "starts_later":
		return Violation(
			"not_a_member",
			N_("{name}'s membership starts on {day}. Try again from that day on."),
			{"name": name, "day": standing.why.params["day"]},
		)
	return Violation(
		"not_a_member",
		N_(
			"There is no membership on record for {name}. They have to join the association first. If they are a member under another email address, a coordinator can link it to their profile."
		),
		{"name": name},
	)


def fold_types(types: Iterable[str]) -> set[str]:
	"""Types as they are compared: a list from elsewhere writes them in other letters and with other spaces."""
	return {" ".join(each.split()).casefold() for each in types}


def _membership_type(name: str, standing: Standing, rules: JoinRules) -> list[Violation]:
	if not rules.membership_types or fold_types(standing.membership_types) & fold_types(
		rules.membership_types
	):
		return []
	return [
		Violation(
			"membership_type",
			N_("This program is for these membership types: {wanted}. {name} has {held}."),
			{
				"name": name,
				"wanted": sorted(rules.membership_types),
				"held": sorted(standing.membership_types) or [N_("another type")],
			},
		)
	]


def _chapter(name: str, chapter: str | None, rules: JoinRules) -> list[Violation]:
	wanted = (rules.chapter or "").strip()
	if not wanted or (chapter or "").strip().casefold() == wanted.casefold():
		return []
	return [
		Violation(
			"chapter",
			N_("This program is for members of {wanted}. {name} is registered with {chapter}."),
			{"name": name, "wanted": wanted, "chapter": (chapter or "").strip() or [N_("no chapter")]},
		)
	]

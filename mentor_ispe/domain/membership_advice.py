"""What a person is told of their own membership, in the second person, and what they can do about it.

One table over every standing that `membership.judge` can give. It says the same as `eligibility.may_commit`, which
refuses: whoever may not apply reads why before the first form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mentor_ispe.domain.eligibility import JoinRules, may_commit
from mentor_ispe.domain.membership import ACTIVE, GRACE, LAPSED, NEVER, Standing
from mentor_ispe.domain.violations import N_, Message, Violation

# Where there is something to do: at the association's page to renew or to join, or by writing to the coordinator.
RENEW, JOIN, ASK, ASK_FOR_OTHER_ADDRESS = "renew", "join", "ask", "ask_for_other_address"


@dataclass(frozen=True)
class Advice:
	"""`words` says how it stands, `next_step` what to do, None where there is nothing; `ways` where it is done.

	`may_apply`: whether the person may commit themselves to the program now.
	"""

	words: Message
	may_apply: bool
	next_step: Message | None = None
	ways: tuple[str, ...] = ()

	@property
	def code(self) -> str:
		return self.words.code


ANY_PROGRAM = JoinRules()
Found = tuple[Message, Message | None, tuple[str, ...]]


def advise(
	standing: Standing,
	rules: JoinRules = ANY_PROGRAM,
	*,
	chapter: str | None = None,
	address: str = "",
	suspended: bool = False,
) -> Advice:
	"""What a person of this standing is told before they apply to a program with these rules.

	`address` is the one that their membership was looked for under; `suspended`: a place of theirs waits for them.
	"""
	refused = may_commit("", standing, chapter, rules)
	if refused and refused[0].code in OF_PROGRAM:
		words, next_step, ways = _not_for_them(refused[0])
	elif standing.state == NEVER:
		words, next_step, ways = _not_a_member(standing, address)
	else:
		words, next_step, ways = OF_STATE.get(standing.state, _unknown)(standing)
		if RENEW in ways and not refused:
			next_step = _said("may_apply", N_("You can still apply. Renew it to keep your place."))
		elif RENEW in ways and suspended:
			next_step = _said(
				"suspended",
				N_("Renew it to apply. Your place in your group comes back overnight."),
			)
	return Advice(words, not refused, next_step, ways)


def _said(code: str, message: str, **params: Any) -> Message:
	return Message(code, message, params)


def _active(standing: Standing) -> Found:
	if standing.active_until is None:
		return _said("active", N_("Your membership is active.")), None, ()
	words = N_("Your membership is active until {day}.")
	return _said("active_until", words, day=standing.active_until), None, ()


OF_PROGRAM = {
	"membership_type": N_("This program is for these membership types: {wanted}. Yours is {held}."),
	"chapter": N_("This program is for members of {wanted}. You are registered with {chapter}."),
}


def _not_for_them(refused: Violation) -> Found:
	words = {key: value for key, value in refused.params.items() if key != "name"}
	next_step = _said("if_wrong", N_("If that's wrong, tell the coordinator."))
	return Message(refused.code, OF_PROGRAM[refused.code], words), next_step, (ASK,)


def _in_grace(standing: Standing) -> Found:
	if standing.why.code == "past_due":
		words = _said(
			"unpaid", N_("Your membership fee has been due since {day}."), day=standing.lapsed_since
		)
		next_step = N_("Pay it to apply or accept a match. Until then you keep the place you have.")
		return words, _said("pay", next_step), (RENEW,)
	if "next" in standing.why.params:
		return _renewed_from(standing)
	words = _said("in_grace", N_("Your membership ended on {day}."), day=standing.active_until)
	next_step = N_("Renew it to apply or accept a match. You keep the place you have until {day}.")
	return words, _said("renew_in_grace", next_step, day=standing.grace_until), (RENEW,)


def _lapsed(standing: Standing) -> Found:
	if "next" in standing.why.params:
		return _renewed_from(standing)
	words = _said("lapsed", N_("Your membership ended on {day}."), day=standing.active_until)
	return words, _said("renew", N_("Renew it to apply.")), (RENEW,)


def _renewed_from(standing: Standing) -> Found:
	words = _said(
		"renewed_from",
		N_("Your membership ended on {day}, and the next one starts on {next}."),
		day=standing.active_until,
		next=standing.why.params["next"],
	)
	return words, _said("from_then", N_("You can apply from that day on.")), ()


def _not_a_member(standing: Standing, address: str) -> Found:
	if standing.why.code == "starts_later":
		words = _said("starts_later", N_("Your membership starts on {day}."), day=standing.why.params["day"])
		return words, _said("from_then", N_("You can apply from that day on.")), ()
	words = _said("not_found", N_("We couldn't find a membership under {address}."), address=address)
	next_step = N_(
		"Join the association to apply. Already a member? Your membership may be under another email address. Tell the coordinator which one."
	)
	return words, _said("join", next_step), (JOIN, ASK_FOR_OTHER_ADDRESS)


def _unknown(_standing: Standing) -> Found:
	words = _said("unknown", N_("We can't confirm your membership right now."))
	next_step = N_("Try again tomorrow. If you still see this message, tell the coordinator.")
	return words, _said("try_again", next_step), (ASK,)


OF_STATE = {ACTIVE: _active, GRACE: _in_grace, LAPSED: _lapsed}

"""What is asked of a person, by state: one table, each kind with its words, where it is done, and how it ends.

Facts of a person become `Asked`; `in_order` puts them in the order in which they are shown. Every kind leads to a
page that has the form for it, or is only told (`page` is empty).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from mentor_ispe.domain.violations import N_

HOME = "/mentoring"
GROUP = f"{HOME}/groups/{{group}}"
MEETING = f"{GROUP}/meetings/{{meeting}}"
# How the day of a step is told: as the last one, as the day itself, or by the words of the step.
UNTIL, ON, TOLD = "until", "on", "told"


@dataclass(frozen=True)
class StepKind:
	"""One kind of step. `words` and `page` have the `{names}` of the values that each step brings.

	`form` is the endpoint of the form on that page with which it is done; empty where reading the page does it.
	`otherwise` says how somebody is rid of it who doesn't do it. `keeps_going`: a task of whoever keeps a group going.
	"""

	words: str
	page: str = ""
	form: str = ""
	otherwise: str = ""
	many: str = ""
	day: str = UNTIL
	first: bool = False
	keeps_going: bool = False


def _reminder(words: str) -> StepKind:
	"""A task of reminding others, which is done by writing to them and rests for a while then."""
	return StepKind(
		words, f"{GROUP}/messages", "messages.send", "a message in the group", day=TOLD, keeps_going=True
	)


# In the order in which they stand where nothing has a day, or the same.
KINDS: Mapping[str, StepKind] = {
	"Lapsed": StepKind(
		N_("Renew your membership to get your place back"),
		"{renewal}",
		otherwise="withdrawing",
		first=True,
	),
	"Lapsed Applicant": StepKind(
		N_("Renew your membership to participate"), "{renewal}", otherwise="withdrawing", first=True
	),
	"No Membership": StepKind(
		N_("Check your membership: we can't find one"), "{renewal}", otherwise="withdrawing", first=True
	),
	"Grace": StepKind(N_("Renew your membership to keep your place"), "{renewal}", otherwise="its last day"),
	"Match": StepKind(
		N_("Respond to your match: {title}"), f"{HOME}/match/{{group}}", "member.accept", "declining"
	),
	"Draft": StepKind(
		N_("Finish your application"), f"{HOME}/apply/{{cycle}}", "application.", "deleting it"
	),
	"Agreement": StepKind(N_("Read and sign: {title}"), f"{HOME}/sign", "member.sign", "withdrawing"),
	"Training": StepKind(
		N_("Sign up for the training"),
		f"{HOME}/library#workshops",
		"library.sign_up",
		"the day of the training",
		day=ON,
	),
	"Goals Met": StepKind(
		N_("Your goals are met: do you want another match?"),
		f"{GROUP}#finish-head",
		"group.complete_participation",
		"another match",
	),
	"Message": StepKind(
		N_("{name} wrote to you"),
		f"{GROUP}/messages",
		otherwise="reading it",
		many=N_("Read {count} new messages"),
	),
	"Hello": StepKind(
		N_("Say hello to {name}"),
		f"{GROUP}/messages",
		"messages.send",
		"a meeting",
		many=N_("Say hello to your group"),
	),
	"Answer": StepKind(N_("Will you attend? Please respond"), MEETING, "sessions.answer", "its day", day=ON),
	"Declined": StepKind(
		N_("Find another time: too few people can attend"), MEETING, "sessions.", "canceling it", day=ON
	),
	"Poll": StepKind(
		N_("Choose the times that work for you"), f"{GROUP}/meetings#poll-head", "polls.", "its last day"
	),
	"Charter": StepKind(
		N_("Read the charter and agree to it"), f"{GROUP}/charter", "group.agree_to_charter", "changing it"
	),
	"Action": StepKind(
		N_("Complete your action item"),
		f"{GROUP}/meetings#actions",
		"sessions.close_action_item",
		"dropping it",
		many=N_("Complete your action items ({count})"),
	),
	"Feedback": StepKind("{question}", f"{GROUP}/feedback", "feedback.give", "its last day"),
	"Program Feedback": StepKind("{question}", f"{HOME}/groups#feedback", "feedback.give", "its last day"),
	"Extension": StepKind(
		N_("Do you want to continue together in {cycle}?"),
		f"{GROUP}/more#extension",
		"group.go_on",
		"its last day",
	),
	"Record": StepKind(
		N_("Record the meeting on {due}: who attended, and for how long"),
		f"{MEETING}#record",
		"sessions.record",
		"canceling it",
		day=TOLD,
		keeps_going=True,
	),
	"Schedule": StepKind(
		N_("Schedule the next meeting"),
		f"{GROUP}/meetings#plan",
		"sessions.plan",
		"the end of the group",
		day=TOLD,
		keeps_going=True,
	),
	"Prepare": StepKind(
		N_("Add an agenda or something to read for the meeting on {due}"),
		MEETING,
		"sessions.change",
		"its day",
		day=TOLD,
		keeps_going=True,
	),
	"Write Charter": StepKind(
		N_("Write your charter together: what you expect, how often you meet, what stays private"),
		f"{GROUP}/charter",
		"group.write_charter",
		"the end of the group",
		day=TOLD,
		keeps_going=True,
	),
	"Agree Charter": _reminder(N_("Ask {people} to agree to the charter")),
	"Quiet": _reminder(N_("Check in with {people}, who missed the last two meetings without notice")),
	"Sign": _reminder(N_("Remind {people} to sign their agreements and complete their training")),
	"Remind Feedback": _reminder(N_("Remind {people} to give feedback")),
	"Training Later": StepKind(
		N_("There will be a training. You'll get an email when its date is set."), day=TOLD
	),
}


@dataclass(frozen=True)
class Asked:
	"""A fact that asks something: `values` are those of its kind's words and page, `count` how many of them.

	`about` names the group, the program or the cycle, `due` is the last day or the moment.
	"""

	kind: str
	about: str = ""
	due: date | datetime | None = None
	count: int = 1
	values: Mapping[str, Any] = field(default_factory=dict)

	@property
	def words(self) -> str:
		"""The English text, with the names of its values; whoever shows it translates it."""
		kind = KINDS[self.kind]
		return kind.many if self.count != 1 and kind.many else kind.words

	@property
	def link(self) -> str:
		"""The address where it is done; empty for what is only told. That of a membership is a whole address."""
		names = {
			name: value if name == "renewal" else quote(str(value), safe="")
			for name, value in self.values.items()
		}
		return KINDS[self.kind].page.format_map(names)

	@property
	def day(self) -> date:
		"""The last day; without one what comes first is always due, and the rest some time."""
		if KINDS[self.kind].first:
			return date.min
		if self.due is None:
			return date.max
		return self.due.date() if isinstance(self.due, datetime) else self.due


def in_order(asked: Iterable[Asked]) -> list[Asked]:
	"""What blocks the rest first, then by day, then as the table has it; one signs before one reminds others to sign."""
	found, ranks = list(asked), {kind: rank for rank, kind in enumerate(KINDS)}
	reminds = min((each.day for each in found if each.kind == "Sign"), default=date.max)

	def day(each: Asked) -> date:
		return min(each.day, reminds) if each.kind == "Agreement" else each.day

	return sorted(found, key=lambda each: (day(each), ranks[each.kind], each.about, each.link, str(each.due)))

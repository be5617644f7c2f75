"""One step for many records: each by itself, so that what is refused for one holds up nobody else.

Every step is the service that the record's own form calls, in a savepoint of its own: it happens whole or
not at all. Pressed twice, a step finds the record as the first press left it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cstr, get_datetime, now_datetime

from mentor_ispe.clock import moment_text, today
from mentor_ispe.concurrency.retries import SERIALIZATION_ERRORS
from mentor_ispe.domain.notices import make_key
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import matches
from mentor_ispe.services.applications import commands, move_application
from mentor_ispe.services.desk import snoozing
from mentor_ispe.services.feedback import commands as feedback_commands
from mentor_ispe.services.feedback import reminding as feedback_remind
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import moderators
from mentor_ispe.services.groups.commands import open_group
from mentor_ispe.services.programs import commands as cycles

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

APPLICATIONS = ("Mentor", "Mentee")
GROUP, REQUEST = "Mentoring Group", "Mentoring Feedback Request"
AT_MOST = 2000
"""Records for which one asks at once."""
# What undid more than the step, or may succeed when the whole request is repeated.
ALL_OR_NOTHING = (*SERIALIZATION_ERRORS, frappe.TimestampMismatchError)


@dataclass(frozen=True)
class Action:
	"""What may be done to records of these DocTypes; `needs` names the argument that it can't do without."""

	doctypes: tuple[str, ...]
	step: Callable[..., Any]
	takes: tuple[str, ...] = ()
	needs: str = ""


@dataclass
class Outcome:
	"""The names of what was done; for each refused record its name, its title and why."""

	done: list[str] = field(default_factory=list)
	refused: list[dict[str, str]] = field(default_factory=list)

	def add(self, other: Outcome) -> None:
		self.done += other.done
		self.refused += other.refused


ACTIONS: dict[str, Action] = {
	"approve": Action(APPLICATIONS, commands.approve, ("note",)),
	"reject": Action(APPLICATIONS, commands.reject, ("note",), "note"),
	"move": Action(APPLICATIONS, move_application.move, ("cycle",), "cycle"),
	"remind_answers": Action((GROUP,), lambda _doctype, name: remind_answers(name)),
	"start_groups": Action((GROUP,), lambda _doctype, name: group_commands.activate(name)),
	"cancel_groups": Action(
		(GROUP,), lambda _doctype, name, reason: group_commands.cancel(name, reason), ("reason",), "reason"
	),
	"complete_groups": Action((GROUP,), lambda _doctype, name: group_commands.complete(name)),
	"close_groups": Action((GROUP,), lambda _doctype, name: close_group(name)),
	"next_moderator": Action((GROUP,), lambda _doctype, name: moderators.hand_over_to_willing(name)),
	"remind_feedback": Action((REQUEST,), lambda _doctype, name: feedback_remind.remind_by_hand(name)),
	"waive_feedback": Action((REQUEST,), lambda _doctype, name: feedback_commands.waive(name)),
	"snooze": Action(snoozing.DOCTYPES, snoozing.snooze, ("until",), "until"),
	"wake": Action(snoozing.DOCTYPES, snoozing.wake),
}


def checked(action: str, doctype: str, names: Iterable[str], args: Mapping[str, Any]) -> list[str]:
	"""The names without repetition; raises RuleViolation when this can't be asked at all."""
	known = ACTIONS.get(action)
	if known is None or doctype not in known.doctypes:
		frappe.throw(_("You can't do this to many records at once."), exc=RuleViolation)
	unknown = sorted(set(args) - set(known.takes))
	if unknown:
		frappe.throw(_("This can't be used with {0}.").format(", ".join(unknown)), exc=RuleViolation)
	if known.needs and not str(args.get(known.needs) or "").strip():
		needed = {"cycle": _("Choose a cycle."), "until": _("Choose a date after today.")}
		frappe.throw(needed.get(known.needs) or _("Enter a reason."), exc=RuleViolation)
	wanted = list(dict.fromkeys(str(name) for name in names))
	if len(wanted) > AT_MOST:
		frappe.throw(
			_("You chose {0} records. Choose {1} at most.").format(len(wanted), AT_MOST), exc=RuleViolation
		)
	return wanted


def carry_out(action: str, doctype: str, names: Iterable[str], args: Mapping[str, Any]) -> Outcome:
	"""Do it to each record. The caller has checked what is asked, and commits."""
	step = ACTIONS[action].step
	done, refused = each(names, lambda name: step(doctype, name, **args))
	titles = _titles(doctype, [name for name, _why in refused])
	return Outcome(
		[name for name, _result in done],
		[{"name": name, "title": titles.get(name) or name, "reason": why} for name, why in refused],
	)


def each(
	names: Iterable[str], step: Callable[[str], Any]
) -> tuple[list[tuple[str, Any]], list[tuple[str, str]]]:
	"""([(name, what the step returned)], [(name, why it was refused)]), in the order of the names."""
	done, refused = [], []
	for place, name in enumerate(names):
		point, said = f"mentoring_bulk_{place}", len(frappe.local.message_log)
		frappe.db.savepoint(point)
		try:
			done.append((name, step(name)))
		except ALL_OR_NOTHING:
			raise
		except (frappe.ValidationError, frappe.PermissionError) as error:
			frappe.db.rollback(save_point=point)
			refused.append((name, error_text(error)))
			del frappe.local.message_log[said:]
		else:
			frappe.db.release_savepoint(point)
	return done, refused


def _titles(doctype: str, names: list[str]) -> dict[str, str]:
	if not names:
		return {}
	title = frappe.get_meta(doctype).get_title_field()
	rows = frappe.get_list(doctype, {"name": ["in", names]}, ["name", title], limit=0)
	return {row.name: row[title] for row in rows}


def remind_answers(group: str) -> MentoringGroup:
	"""Post a reminder to everybody who hasn't answered, once a day at most. Raises RuleViolation."""
	doc = open_group(group)
	people = unanswered(doc)
	if not people:
		frappe.throw(_("Nobody in {0} has an answer due.").format(doc.title), exc=RuleViolation)
	if doc.announce_on and get_datetime(doc.announce_on) > now_datetime():
		frappe.throw(
			_("{0} will be announced on {1}. You can send reminders after that.").format(
				doc.title, moment_text(doc.announce_on)
			),
			exc=RuleViolation,
		)
	day = today()
	posted = outbox.enqueue_all(
		outbox.Notice(
			make_key("match-reminder", "by-hand", doc.name, profile, day),
			matches.MATCH_REMINDER,
			profile,
			context={"cycle": doc.cycle, "group": doc.title, "respond_by": cstr(doc.respond_by)},
			reference=(doc.doctype, doc.name),
		)
		for profile in people
	)
	if not posted:
		frappe.throw(
			_("Everyone in {0} with an answer due has already been reminded today.").format(doc.title),
			exc=RuleViolation,
		)
	return doc


def close_group(group: str) -> bool:
	"""Complete a group before its cycle is; one that never started is called off."""
	frappe.has_permission(GROUP, "write", group, throw=True)
	return cycles.close_group(group)


def unanswered(doc: MentoringGroup) -> list[str]:
	"""The profiles of those who were asked and haven't answered, mentors first."""
	if doc.status not in ("Proposed", "Active"):
		return []
	return [row.profile for row in (*doc.mentors, *doc.members) if row.status == "Proposed"]

"""The statuses of every record and the steps between them, as data.

`check_transition` is the only reader of the tables; a refused step is answered with the steps that
are allowed.
"""

from __future__ import annotations

from collections.abc import Mapping

from mentor_ispe.domain.violations import N_, Violation

PARTICIPANT = {
	"Applied": ("Approved", "Rejected", "Withdrawn"),
	"Approved": ("Applied", "Active", "Completed", "Withdrawn"),
	"Rejected": ("Applied",),
	"Active": ("Approved", "Completed", "Withdrawn"),
	"Completed": (),
	"Withdrawn": ("Applied",),
}

CYCLE = {
	"Draft": ("Open", "Cancelled"),
	"Open": ("Matching", "Cancelled"),
	"Matching": ("Open", "Running", "Cancelled"),
	"Running": ("Completed", "Cancelled"),
	"Completed": (),
	"Cancelled": (),
}

GROUP = {
	"Draft": ("Proposed", "Cancelled"),
	"Proposed": ("Active", "Cancelled"),
	"Active": ("Completed", "Ended Early"),
	"Completed": (),
	"Ended Early": (),
	"Cancelled": (),
}

SEAT = {
	"Draft": ("Proposed", "Withdrawn"),
	"Proposed": ("Accepted", "Declined", "Expired", "Withdrawn", "Ended"),
	"Accepted": ("Active", "Suspended", "Declined", "Withdrawn", "Ended"),
	"Active": ("Suspended", "Completed", "Ended", "Withdrawn"),
	"Suspended": ("Accepted", "Active", "Completed", "Ended", "Withdrawn"),
	"Declined": (),
	"Expired": (),
	"Withdrawn": (),
	"Ended": (),
	"Completed": (),
}

SESSION = {
	"Planned": ("Held", "Cancelled"),
	"Held": (),
	"Cancelled": ("Planned",),
}

AGREEMENT = {
	"Draft": ("Published",),
	"Published": ("Superseded",),
	"Superseded": (),
}

FEEDBACK_REQUEST = {
	"Open": ("Given", "Missed", "Waived"),
	"Missed": ("Given", "Waived"),
	"Waived": ("Open", "Given"),
	"Given": (),
}

GOAL = {
	"Open": ("Achieved", "Partly Achieved", "Dropped"),
	"Achieved": ("Open",),
	"Partly Achieved": ("Open", "Achieved"),
	"Dropped": ("Open",),
}

WORKSHOP = {
	"Planned": ("Held", "Cancelled"),
	"Held": (),
	"Cancelled": ("Planned",),
}

WORKSHOP_PLACE = {
	"Signed Up": ("Attended", "Missed", "Cancelled"),
	"Waiting": ("Signed Up", "Attended", "Cancelled"),
	"Attended": ("Missed",),
	"Missed": ("Attended",),
	"Cancelled": ("Signed Up", "Waiting"),
}

SPEAKER_REQUEST = {
	"Requested": ("Approaching", "Arranged", "Declined", "Cancelled"),
	"Approaching": ("Requested", "Arranged", "Declined", "Cancelled"),
	"Arranged": ("Approaching", "Held", "Cancelled"),
	"Held": (),
	"Declined": ("Requested",),
	"Cancelled": (),
}

CONCERN = {
	"Open": ("In Mediation", "Resolved", "Reassigned", "Ended"),
	"In Mediation": ("Open", "Resolved", "Reassigned", "Ended"),
	"Resolved": ("Open",),
	"Reassigned": ("Open",),
	"Ended": ("Open",),
}

PROGRAM = {
	"Draft": ("Published",),
	"Published": ("Draft", "Archived"),
	"Archived": ("Published",),
}

TABLES: dict[str, Mapping[str, tuple[str, ...]]] = {
	"Mentor": PARTICIPANT,
	"Mentee": PARTICIPANT,
	"Mentoring Cycle": CYCLE,
	"Mentoring Group": GROUP,
	"Mentoring Group Member": SEAT,
	"Mentoring Session": SESSION,
	"Mentoring Agreement": AGREEMENT,
	"Mentoring Program": PROGRAM,
	"Mentoring Feedback Request": FEEDBACK_REQUEST,
	"Mentoring Goal": GOAL,
	"Mentoring Workshop": WORKSHOP,
	"Mentoring Workshop Participant": WORKSHOP_PLACE,
	"Guest Speaker Request": SPEAKER_REQUEST,
	"Mentoring Concern": CONCERN,
}

# What a new record may start as. An applicant may be entered as approved by staff (an import of last
# year's list); the rules of the approval hold all the same.
INITIAL: dict[str, tuple[str, ...]] = {
	"Mentor": ("Applied", "Approved"),
	"Mentee": ("Applied", "Approved"),
	"Mentoring Cycle": ("Draft", "Open"),
	"Mentoring Group": ("Draft", "Proposed"),
	"Mentoring Group Member": ("Draft", "Proposed"),
	"Mentoring Session": ("Planned", "Held"),
	"Mentoring Agreement": ("Draft",),
	"Mentoring Program": ("Draft", "Published"),
	"Mentoring Feedback Request": ("Open",),
	"Mentoring Goal": ("Open",),
	"Mentoring Workshop": ("Planned",),
	"Mentoring Workshop Participant": ("Signed Up", "Waiting", "Attended"),
	"Guest Speaker Request": ("Requested",),
	"Mentoring Concern": ("Open",),
}

# An application with which somebody takes part, or may come to.
TAKES_PART = ("Applied", "Approved", "Active")
# Seats that count against a mentor's number and against "one mentor for a mentee". A suspended seat
# counts: a renewal gives it back, so nobody else may sit on it meanwhile.
LIVE_SEATS = frozenset({"Proposed", "Accepted", "Active", "Suspended"})
COMMITTED_SEATS = frozenset({"Proposed", "Accepted", "Active"})
# Seats that were given up, or are over.
GONE_SEATS = frozenset({"Declined", "Expired", "Withdrawn", "Ended", "Completed"})
# Seats of people who take part in a group that runs.
RUNNING_SEATS = frozenset({"Active", "Suspended"})

# Participants who hold a place of the cycle.
PLACED = frozenset({"Approved", "Active", "Completed"})

# Groups that people still act in.
OPEN_GROUPS = frozenset({"Draft", "Proposed", "Active"})


def check_transition(doctype: str, old: str | None, new: str) -> list[Violation]:
	"""Say whether a record of `doctype` may go from `old` (None: it is new) to `new`."""
	if old == new:
		return []
	table = TABLES[doctype]
	allowed = INITIAL[doctype] if old is None else table.get(old, ())
	if new in allowed:
		return []
	if old is None:
		return [
			Violation(
				"status_initial",
				N_("A new {doctype} can't start as {new}. It can start as: {allowed}."),
				{"doctype": doctype, "new": new, "allowed": list(allowed)},
			)
		]
	if not allowed:
		return [
			Violation(
				"status_final",
				N_("{doctype}: {old} is final, so it can't become {new}."),
				{"doctype": doctype, "old": old, "new": new},
			)
		]
	return [
		Violation(
			"status_transition",
			N_("{doctype}: {old} can't become {new}. Allowed from here: {allowed}."),
			{"doctype": doctype, "old": old, "new": new, "allowed": list(allowed)},
		)
	]

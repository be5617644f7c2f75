"""Every members' page in every state that it is seen in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class State:
	"""`page` is the template under www/mentoring; `who` reads it (None: a guest) at `path`.

	`shows` are words that only this state has. `sends` is a form to be sent first, filled with `typed`, for
	the page that comes back: as it stands, "signed out" meanwhile, or from "another site". Names in braces are
	records of the world.
	"""

	page: str
	name: str
	who: str | None
	path: str
	shows: str
	sends: str = ""
	typed: dict[str, str] = field(default_factory=dict)
	sent: str = ""

	def __str__(self) -> str:
		return f"{self.page}: {self.name}".replace(" ", "-")


def _group(page: str, path: str, *states: tuple) -> list[State]:
	"""States of one page of a group: (name, who, group, words[, form sent, what is typed])."""
	return [
		State(f"group/{page}", name, who, f"/mentoring/groups/{{{group}}}{path}", *rest)
		for name, who, group, *rest in states
	]


def _at(page: str, path: str, *states: tuple) -> list[State]:
	"""States of one page at one path: (name, who, words[, form sent, what is typed])."""
	return [State(page, name, who, path, *rest) for name, who, *rest in states]


REFUSED = "mentoring-refused"
NAMELESS = {"full_name": ""}
CONCERN = "concerns.raise_concern"
WORDS = {"concern": "Nobody answers."}
APPLY = "/mentoring/apply/{open}"

STATES = [
	*_at(
		"index",
		"/mentoring",
		("guest", None, "Sign in"),
		("member without anything", "new", "Choose a program below to get started"),
		("nothing applied for", "nix", "You're all caught up."),
		("lapsed", "lux", "get your place back"),
		("applied", "amy", "We have your application"),
		("approved, on both sides", "abe", "Next, we'll find you a match"),
		("match waiting", "mia", "Respond to your match"),
		("match declined", "max", "Your programs"),
		("mentor", "ana", "Read the charter and agree to it"),
		("moderator", "ben", "Record the meeting"),
		("mentee", "cal", "Complete your action item"),
		("host of a circle", "pam", "Will you attend?"),
		("after the end", "jan", "do you want another match?"),
	),
	*_at(
		"program",
		"/mentoring/programs/{program}",
		("guest", None, "How it works"),
		("applied", "amy", "Your application"),
	),
	*_at(
		"apply",
		APPLY,
		("choose the part", "nix", "How would you like to join?"),
		("sent", "amy", "Thank you. You'll hear from us by"),
	),
	State("apply", "about you, for the first time", "new", f"{APPLY}?as=Mentee", "Step 1 of 3"),
	State(
		"apply",
		"questions of a mentee",
		"nix",
		f"{APPLY}?as=Mentee&step=questions",
		"What you're looking for",
	),
	State("apply", "questions of both", "nix", f"{APPLY}?as=Both&step=questions", "As a mentor"),
	State("apply", "agreements", "nix", f"{APPLY}?as=Mentee&step=agreements", "Read and sign"),
	State(
		"apply",
		"about you, without a name",
		"nix",
		f"{APPLY}?as=Mentee&step=about",
		REFUSED,
		"member.save_profile",
		NAMELESS,
	),
	State("apply", "opens later", "nix", "/mentoring/apply/{later}", "come back then"),
	State("apply", "closed", "nix", "/mentoring/apply/{closed}", "are closed"),
	State(
		"mentors",
		"to ask and to rank",
		"abe",
		"/mentoring/mentors/{open}",
		"Who would you like as your mentor?",
	),
	State("sign", "something to sign", "abe", "/mentoring/sign", "I have read and agree"),
	State("sign", "everything signed", "amy", "/mentoring/sign", "You have signed everything."),
	State("match", "waiting", "mia", "/mentoring/match/{mia}", "Your answer"),
	State("match", "declined without a reason", "mia", "/mentoring/match/{mia}", REFUSED, "member.decline"),
	State("match", "accepted", "moe", "/mentoring/match/{moe}", "Everyone has accepted"),
	State("match", "declined", "max", "/mentoring/match/{max}", "You have declined."),
	*_at(
		"groups",
		"/mentoring/groups",
		("none", "nix", "You aren't in a group right now."),
		("mentor with seats left", "ana", "2 of 4 taken, 2 left"),
		("moderator with a queue", "ben", "Your tasks as moderator"),
		("mentee", "cal", "Next step"),
		("circle", "pet", "Next meeting:"),
		("past", "jan", "Past groups"),
	),
	*_group(
		"overview",
		"",
		("mentor", "ana", "busy", "The next meeting"),
		("moderator", "ben", "busy", "Next step"),
		("nothing yet", "fay", "quiet", "No meeting is scheduled."),
		("suspended", "lux", "quiet", "Your place is on hold"),
		("circle", "pam", "circle", "Peer"),
		("waiting for the start", "moe", "moe", "hasn't started yet"),
		("ended, no other match wanted", "jan", "ended", "Your goals are met"),
		("completed", "kim", "done", "Completed"),
	),
	*_group(
		"meetings",
		"/meetings",
		("past, to record and to come", "ben", "busy", "Meetings to record"),
		("none", "fay", "quiet", "No meeting is scheduled."),
		(
			"a time that has passed",
			"ben",
			"busy",
			REFUSED,
			"sessions.plan",
			{"starts_on": "2020-01-01T10:00"},
		),
		("completed", "leo", "done", "None yet."),
	),
	*_group("meeting", "/meetings/{coming}", ("to come", "cal", "busy", "Will you attend?")),
	*_group("meeting", "/meetings/{begun}", ("being recorded", "ben", "busy", "Record this meeting")),
	*_group("meeting", "/meetings/{held}", ("held", "cal", "busy", "A question of the committee")),
	*_group("meeting", "/meetings/{cancelled}", ("cancelled", "cal", "busy", "Ana is ill")),
	*_group("meeting", "/meetings/{hosted}", ("with a host", "pet", "circle", "Pam Test")),
	*_group(
		"messages",
		"/messages",
		("nothing yet", "cal", "busy", "Say hello to"),
		("nothing written", "ben", "busy", REFUSED, "messages.send"),
		("completed", "kim", "done", "There are no messages."),
	),
	*_group(
		"charter",
		"/charter",
		("empty", "fay", "quiet", "written a charter yet"),
		("to agree to", "cal", "busy", "Agree to this charter"),
	),
	*_group(
		"goals",
		"/goals",
		("none", "fay", "quiet", "You haven't set a goal yet."),
		("open and reviewed", "ben", "busy", "Write an article"),
		("of others", "cal", "busy", "Speak in public"),
		("without words", "fay", "quiet", REFUSED, "goals.save_goal"),
	),
	*_group(
		"feedback",
		"/feedback",
		("nothing asked", "fay", "quiet", "You're all caught up."),
		("owed", "ana", "busy", "Send feedback"),
		("given", "ben", "busy", "For the coordinators only:"),
		("without a rating", "ana", "busy", REFUSED, "feedback.give"),
	),
	*_group(
		"hours",
		"/hours",
		("none", "fay", "quiet", "Hours"),
		("counted", "ben", "busy", "By month"),
		("with credit", "gil", "pair", "Download record (PDF)"),
	),
	*_group(
		"more",
		"/more",
		("moderator, another year offered", "ben", "busy", "Continue together"),
		("mentor", "ana", "busy", "Cancel this request"),
		("mentee", "cal", "busy", "Leave this group"),
		("pair", "hana", "pair", "End this group early"),
		("ended without words", "gil", "pair", REFUSED, "group.end"),
	),
	*_group(
		"concern",
		"/concern",
		("none raised", "cal", "busy", "What happened"),
		("raised", "ben", "busy", "Concerns you raised"),
		("without words", "cal", "busy", REFUSED, CONCERN),
		("after the end", "jan", "ended", "What happened"),
	),
	*_at(
		"library",
		"/mentoring/library",
		("nothing for one", "nix", "No workshops for you right now."),
		("full", "cal", "Cancel my place"),
	),
	State(
		"library",
		"nothing that fits",
		"cal",
		"/mentoring/library?topic=none",
		"Nothing matches these filters.",
	),
	State("resource", "with all it may have", "cal", "/mentoring/library/{resource}", "Back to the library"),
	*_at(
		"profile",
		"/mentoring/profile",
		("new", "new", "what the association already knows"),
		("known", "nix", "from year to year"),
		("without a name", "nix", REFUSED, "member.save_profile", NAMELESS),
	),
	*_at(
		"data",
		"/mentoring/data",
		("member", "nix", "Who sees what"),
		("mentor", "ana", "Places for mentees"),
		("withdrawing without words", "amy", REFUSED, "member.withdraw"),
	),
	State("styleguide", "staff", "staff", "/mentoring-styleguide", "mentoring-year"),
	State("missing", "guest", None, "/mentoring/groups-that-never-were", "exist, or you"),
	State("missing", "member", "cal", "/mentoring/groups/nothing", "exist, or you"),
	State("offline", "as it is kept", None, "/mentoring/offline", "saved on your device"),
	State("poll", "a link that ended", None, "/mentoring/poll?token=none", "the link is incomplete"),
	State(
		"again",
		"signed out",
		"pia",
		"/mentoring/groups/{circle}/concern",
		"Sign in again",
		CONCERN,
		WORDS,
		"signed out",
	),
	State(
		"again", "from another site", None, "/mentoring", "Nothing was saved.", CONCERN, WORDS, "another site"
	),
]

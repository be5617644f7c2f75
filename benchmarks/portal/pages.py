"""Every members' page, under the addresses that show its states, for a member of `benchmarks.portal.world`."""

from __future__ import annotations

GROUPS = "/mentoring/groups"
# Page under www/mentoring → addresses, with the names of records that World gives.
PAGES: dict[str, tuple[str, ...]] = {
	"index": ("/mentoring",),
	"program": ("/mentoring/programs/{program}",),
	"apply": (
		"/mentoring/apply/{open_cycle}",
		"/mentoring/apply/{open_cycle}?as=Both&step=about",
		"/mentoring/apply/{open_cycle}?as=Both&step=questions",
		"/mentoring/apply/{open_cycle}?as=Both&step=agreements",
		"/mentoring/apply/{applied_cycle}",
		"/mentoring/apply/{applied_cycle}?step=questions",
	),
	"mentors": ("/mentoring/mentors/{applied_cycle}",),
	"match": ("/mentoring/match/{asked}", "/mentoring/match/{group}"),
	"profile": ("/mentoring/profile",),
	"sign": ("/mentoring/sign",),
	"data": ("/mentoring/data",),
	"move": ("/mentoring/move?key=none",),
	"poll": ("/mentoring/poll?token=none",),
	"unsubscribe": ("/mentoring/unsubscribe?k=none",),
	"offline": ("/mentoring/offline",),
	"library": ("/mentoring/library", "/mentoring/library?phase=Closing&topic={topic}"),
	"resource": ("/mentoring/library/{resource}",),
	"groups": (GROUPS,),
	"group/overview": tuple(f"{GROUPS}/{{{each}}}" for each in ("group", "led", "pair", "circle", "left")),
	"group/meetings": tuple(f"{GROUPS}/{{{each}}}/meetings" for each in ("group", "led", "pair", "circle")),
	"group/meeting": tuple(
		f"{GROUPS}/{{group}}/meetings/{{{each}}}" for each in ("held", "planned", "begun")
	),
	"group/messages": tuple(f"{GROUPS}/{{{each}}}/messages" for each in ("group", "led", "pair", "circle")),
	"group/charter": (f"{GROUPS}/{{group}}/charter", f"{GROUPS}/{{led}}/charter"),
	"group/goals": (f"{GROUPS}/{{group}}/goals", f"{GROUPS}/{{led}}/goals"),
	"group/feedback": tuple(f"{GROUPS}/{{{each}}}/feedback" for each in ("group", "led", "left")),
	"group/hours": tuple(f"{GROUPS}/{{{each}}}/hours" for each in ("group", "pair", "left")),
	"group/more": tuple(f"{GROUPS}/{{{each}}}/more" for each in ("group", "led", "pair", "circle")),
	"group/concern": (f"{GROUPS}/{{group}}/concern", f"{GROUPS}/{{left}}/concern"),
}
# Shown only in answer to something else: a form, an address that leads nowhere.
ANSWERS = (
	"again",
	"missing",
)
# Those that show something to whoever isn't signed in.
PUBLIC = ("index", "program", "move", "poll", "unsubscribe", "offline")


def addresses(names: dict[str, str]) -> list[tuple[str, str]]:
	"""(page, address) of everything above, for the records of these names."""
	return [(page, each.format(**names)) for page, found in PAGES.items() for each in found]

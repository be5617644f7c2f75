"""Lapsed and renewed memberships."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

MEMBERSHIP_IN_GRACE = "Mentoring: Membership in Grace"
SEAT_SUSPENDED = "Mentoring: Seat Suspended"
SEAT_RESTORED = "Mentoring: Seat Restored"

TEMPLATES = {
	MEMBERSHIP_IN_GRACE: Wording(
		"Your membership has ended: renew to keep your mentoring place",
		"membership_in_grace.html",
		{
			"programs": "list of the programs this person takes part in",
			"active_until": "last day of the membership, or empty",
			"grace_until": "last day of grace, or empty",
			"reason": "what the membership record says",
		},
		to="the member",
		when="at night, when the membership has ended",
	),
	SEAT_SUSPENDED: Wording(
		"Your place in {{ program }} is suspended",
		"seat_suspended.html",
		{
			"program": "name of the program",
			"groups": "list of the groups' titles",
			"lapsed_since": "first day without membership, or empty",
			"reason": "what the membership record says",
		},
		to="the member",
		when="at night, when the days of grace are over",
	),
	SEAT_RESTORED: Wording(
		"Your place in {{ program }} is yours again",
		"seat_restored.html",
		{"program": "name of the program", "groups": "list of the groups' titles"},
		to="the member",
		when="at night, when the membership is renewed",
	),
}

"""Lapsed and renewed memberships, and logins that move to another address."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

MEMBERSHIP_IN_GRACE = "Mentoring: Membership in Grace"
SEAT_SUSPENDED = "Mentoring: Seat Suspended"
SEAT_RESTORED = "Mentoring: Seat Restored"

CONFIRM_LOGIN_MOVE = "Mentoring: Confirm Login Move"
CONFIRM_NEW_ADDRESS = "Mentoring: Confirm New Address"
ADDRESS_CHANGED = "Mentoring: Address Changed"
SIGN_IN_CHANGED = "Mentoring: Password Set"

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
	CONFIRM_LOGIN_MOVE: Wording(
		"Do you want to sign in with another address?",
		"confirm_login_move.html",
		{
			"new_address": "the address that was asked for",
			"link": "the address of the page to confirm or refuse it",
			"until": "moment until which the link works",
		},
		to="the old address",
		when="somebody asks to move a profile to another login",
		at_once=True,
	),
	CONFIRM_NEW_ADDRESS: Wording(
		"Confirm your new address",
		"confirm_new_address.html",
		{
			"link": "the address of the page to confirm or refuse it",
			"until": "moment until which the link works",
		},
		to="the new address",
		when="somebody asks to move a profile to another login",
		at_once=True,
	),
	ADDRESS_CHANGED: Wording(
		"Your mentoring profile has another address now",
		"address_changed.html",
		{},
		to="the old address",
		when="the login or the address of a profile was changed",
		at_once=True,
	),
	SIGN_IN_CHANGED: Wording(
		"Somebody else set your password",
		"password_set.html",
		{"by": "who did it"},
		to="the member",
		when="somebody else sets the password of their login",
		at_once=True,
	),
}

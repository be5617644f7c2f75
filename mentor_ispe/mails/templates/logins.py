"""The login of a profile moves to another address."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

CONFIRM_LOGIN_MOVE = "Mentoring: Confirm Login Move"
CONFIRM_NEW_ADDRESS = "Mentoring: Confirm New Address"
ADDRESS_CHANGED = "Mentoring: Address Changed"
SIGN_IN_CHANGED = "Mentoring: Password Set"

TEMPLATES = {
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

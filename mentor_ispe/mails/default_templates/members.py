"""Lapsed and renewed memberships, and logins that move to another address."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import PROGRAM, Button, Field, define_mail

RECORD_SAYS = Field("reason", "what the membership record says", "A new job leaves no time.")
GROUPS = Field("groups", "list of the groups' titles", ["Mara Lindqvist and Tom Okafor"])
CONFIRM_LINK = Field(
	"link", "the address of the page to confirm or refuse it", "https://meet.example.org/mentoring"
)
UNTIL = Field("until", "moment until which the link works", "2031-12-15")

# A site may say where its members renew.
RENEW = (
	Button(N_("Renew membership"), "renewal_url"),
	Button(N_("View membership"), "/mentoring#membership"),
)

MEMBERSHIP_IN_GRACE = define_mail(
	"Membership in Grace",
	to=N_("the member"),
	when=N_("at night, when the membership has ended"),
	button=RENEW,
	fields=(
		Field("programs", "list of the programs this person takes part in", ["Mentoring"]),
		Field("active_until", "last day of the membership, or empty", "2031-01-31"),
		Field("grace_until", "last day of grace, or empty", "2031-03-02"),
		RECORD_SAYS,
	),
	needed=("grace_until",),
)

SEAT_SUSPENDED = define_mail(
	"Seat Suspended",
	to=N_("the member"),
	when=N_("at night, when the days of grace are over"),
	button=RENEW,
	fields=(
		PROGRAM,
		GROUPS,
		Field("lapsed_since", "first day without membership, or empty", "2031-02-01"),
		RECORD_SAYS,
	),
)

SEAT_RESTORED = define_mail(
	"Seat Restored",
	to=N_("the member"),
	when=N_("at night, when the membership is renewed"),
	button=Button(N_("View your groups"), "/mentoring/groups"),
	fields=(PROGRAM, GROUPS),
)

CONFIRM_LOGIN_MOVE = define_mail(
	"Confirm Login Move",
	to=N_("the old address"),
	when=N_("someone asks to move a profile to another login"),
	button=Button(N_("Review request"), "link"),
	immediate=True,
	fields=(Field("new_address", "the address that was asked for", "mara@example.org"), CONFIRM_LINK, UNTIL),
	needed=("new_address", "until"),
)

CONFIRM_NEW_ADDRESS = define_mail(
	"Confirm New Address",
	to=N_("the new address"),
	when=N_("someone asks to move a profile to another login"),
	button=Button(N_("Confirm address"), "link"),
	immediate=True,
	fields=(CONFIRM_LINK, UNTIL),
	needed=("until",),
)

ADDRESS_CHANGED = define_mail(
	"Address Changed",
	to=N_("the old address"),
	when=N_("the login or the address of a profile was changed"),
	immediate=True,
)

SIGN_IN_CHANGED = define_mail(
	"Password Set",
	to=N_("the member"),
	when=N_("someone else sets the password of their login"),
	button=Button(N_("Choose new password"), "/login#forgot"),
	immediate=True,
	fields=(Field("by", "who did it", "Kim Adeyemi"),),
	needed=("by",),
)

"""Lapsed and renewed memberships, and logins that move to another address."""

from __future__ import annotations

from mentor_ispe.mails.definition import PROGRAM, Field, define_mail

RECORD_SAYS = Field("reason", "what the membership record says", "A new job leaves no time.")
GROUPS = Field("groups", "list of the groups' titles", ["Mara Lindqvist and Tom Okafor"])
CONFIRM_LINK = Field(
	"link", "the address of the page to confirm or refuse it", "https://meet.example.org/mentoring"
)
UNTIL = Field("until", "moment until which the link works", "2031-12-15")

MEMBERSHIP_IN_GRACE = define_mail(
	"Membership in Grace",
	to="the member",
	when="at night, when the membership has ended",
	fields=(
		Field("programs", "list of the programs this person takes part in", ["Mentoring"]),
		Field("active_until", "last day of the membership, or empty", "2031-01-31"),
		Field("grace_until", "last day of grace, or empty", "2031-03-02"),
		RECORD_SAYS,
	),
	subject="Your membership has ended: renew to keep your mentoring place",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{% if active_until %}your membership ended on {{ day(active_until) }}.{% else %}your membership fee is overdue.{% endif %}
		{% if programs %}You take part in {{ programs | join(", ") }}, which is for members.{% endif %}</p>
		<p>{% if grace_until %}Your place is kept until {{ day(grace_until) }}.{% else %}Your place is kept for now.{% endif %}
		Renew your membership by then and nothing changes; afterwards your place is suspended until you renew.</p>
	""",
)

SEAT_SUSPENDED = define_mail(
	"Seat Suspended",
	to="the member",
	when="at night, when the days of grace are over",
	fields=(
		PROGRAM,
		GROUPS,
		Field("lapsed_since", "first day without membership, or empty", "2031-02-01"),
		RECORD_SAYS,
	),
	subject="Your place in {{ program }} is suspended",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{% if lapsed_since %}you have had no active membership since {{ day(lapsed_since) }}{% else %}we find no active membership of yours{% endif %},
		so your place in {{ program }} is suspended{% if groups %} ({{ groups | join(", ") }}){% endif %}. The others in your group carry on.</p>
		<p>Renew your membership and your place is given back to you.</p>
	""",
)

SEAT_RESTORED = define_mail(
	"Seat Restored",
	to="the member",
	when="at night, when the membership is renewed",
	fields=(PROGRAM, GROUPS),
	subject="Your place in {{ program }} is yours again",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>your membership is active again, and so is your place in {{ program }}{% if groups %} ({{ groups | join(", ") }}){% endif %}.</p>
		<p>You find your group at <a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

CONFIRM_LOGIN_MOVE = define_mail(
	"Confirm Login Move",
	to="the old address",
	when="somebody asks to move a profile to another login",
	immediate=True,
	fields=(Field("new_address", "the address that was asked for", "mara@example.org"), CONFIRM_LINK, UNTIL),
	subject="Do you want to sign in with another address?",
	body="""
		<p>Hello,</p>
		<p>Someone asked to move your mentoring profile at {{ site_name }} to another address: {{ new_address }}. From then on, only that address can sign in to it.</p>
		<p><a href="{{ link }}">Confirm or refuse the move</a></p>
		<p>The link works until {{ clock(until) }}. If you didn't ask for this, refuse it or ignore this e-mail. Nothing changes until both addresses confirm.</p>
	""",
)

CONFIRM_NEW_ADDRESS = define_mail(
	"Confirm New Address",
	to="the new address",
	when="somebody asks to move a profile to another login",
	immediate=True,
	fields=(CONFIRM_LINK, UNTIL),
	subject="Confirm your new address",
	body="""
		<p>Hello,</p>
		<p>Someone asked to use this address to sign in to their mentoring profile at {{ site_name }}.</p>
		<p><a href="{{ link }}">Confirm your new address</a></p>
		<p>The link works until {{ clock(until) }}. If this wasn't you, ignore this e-mail. Nothing changes until you confirm.</p>
	""",
)

ADDRESS_CHANGED = define_mail(
	"Address Changed",
	to="the old address",
	when="the login or the address of a profile was changed",
	immediate=True,
	subject="Your mentoring profile has another address now",
	body="""
		<p>Hello,</p>
		<p>A mentoring profile at {{ site_name }} that used this address has another one now. You can't sign in to it with this address any more.</p>
		<p>If you didn't ask for this, reply to this e-mail or write to your association today.</p>
	""",
)

SIGN_IN_CHANGED = define_mail(
	"Password Set",
	to="the member",
	when="somebody else sets the password of their login",
	immediate=True,
	fields=(Field("by", "who did it", "Kim Adeyemi"),),
	subject="Somebody else set your password",
	body="""
		<p>Hello,</p>
		<p>{{ by }} set a new password for your login at {{ site_name }}. With it, they could sign in as you and read what you wrote in private.</p>
		<p>If you didn't ask for this, choose a new password with "Forgot Password?" on the login page, and write to your association today.</p>
	""",
)

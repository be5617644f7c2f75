"""Credit rules that got into trouble."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	DESK_FORM,
	PROGRAM,
	Button,
	Field,
	define_mail,
)

PARTNERSHIP = Field("group", "name of the partnership", "Mara Lindqvist and Tom Okafor")
PARTNERS = Field("partners", "list of the two partners' names", ["Mara Lindqvist", "Tom Okafor"])
SCHEME = Field("scheme", "name of the credit", "HRCI")
RULE = Field("rule", "what is asked", "Regular Meetings")
BECAUSE = Field("because", "why, as a sentence", "The last meeting was 41 days ago; 31 are allowed.")
LEADS_TO = (
	Button(N_("View credit record"), "/mentoring/groups/{group_name}/hours", when="is_member"),
	Button(N_("Open group"), DESK_FORM, when="is_staff"),
)
FIELDS = (PARTNERSHIP, PROGRAM, PARTNERS, SCHEME, RULE, BECAUSE)

CREDIT_AT_RISK = define_mail(
	"Credit at Risk",
	to=N_("the mentor; coordinators"),
	audience=COORDINATORS,
	when=N_("at night, when a rule of the credit is at risk; once"),
	button=LEADS_TO,
	fields=FIELDS,
	needed=("rule", "because"),
)

CREDIT_NOT_MET = define_mail(
	"Credit Not Met",
	to=N_("the mentor; coordinators"),
	audience=COORDINATORS,
	when=N_("at night, when a rule can no longer be met; once"),
	button=LEADS_TO,
	fields=FIELDS,
	needed=("rule", "because"),
)

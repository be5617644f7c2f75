"""Credit rules that got into trouble."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

CREDIT_AT_RISK = "Mentoring: Credit at Risk"
CREDIT_NOT_MET = "Mentoring: Credit Not Met"

VALUES = {
	"group": "name of the partnership",
	"program": "name of the program",
	"partners": "list of the two partners' names",
	"scheme": "name of the credit",
	"rule": "what is asked",
	"because": "why, as a sentence",
}

TEMPLATES = {
	CREDIT_AT_RISK: Wording(
		"{{ _(scheme) }} at risk: {{ _(rule) | lower }} ({{ partners | join(', ') }})",
		"credit_at_risk.html",
		VALUES,
		to="the mentor; coordinators",
		when="at night, when a rule of the credit is at risk; once",
	),
	CREDIT_NOT_MET: Wording(
		"{{ _(scheme) }} can't be earned: {{ _(rule) | lower }} ({{ partners | join(', ') }})",
		"credit_not_met.html",
		VALUES,
		to="the mentor; coordinators",
		when="at night, when a rule can't be met any more; once",
	),
}

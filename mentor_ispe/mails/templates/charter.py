"""The charter of a group."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

CHARTER_TO_AGREE = "Mentoring: Charter to Agree"

TEMPLATES = {
	CHARTER_TO_AGREE: Wording(
		"The charter of {{ group }}: do you agree?",
		"charter_to_agree.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
		},
		to="the others in the group",
		when="the charter is written or changed",
	),
}

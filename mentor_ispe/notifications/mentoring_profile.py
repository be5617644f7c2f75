"""Who is told of what happens to a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentor_ispe.domain.logins import AddressLeft
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates.members import ADDRESS_CHANGED

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile


def redirect_waiting(doc: MentoringProfile, event: AddressLeft) -> None:
	"""Send what still waits for the person to the address that they have now."""
	outbox.redirect(doc.name, event.address, doc.email)


def address_left(doc: MentoringProfile, event: AddressLeft) -> None:
	"""Tell the old address, without the name and the new one: it may have been somebody else's."""
	outbox.enqueue(
		make_key("address-changed", doc.name, event.address, event.occasion),
		ADDRESS_CHANGED,
		recipient=event.address,
		reference=("Mentoring Profile", doc.name),
	)

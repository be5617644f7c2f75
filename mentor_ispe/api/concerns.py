"""Concerns over HTTP: raise one and read one's own."""

# No postponed annotations here: Frappe checks the arguments of a request against them.

from mentor_ispe.api.endpoint import READS, SELDOM, endpoint
from mentor_ispe.api.inputs import Flag
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.services import concerns
from mentor_ispe.services.conversation import reporting


@endpoint(
	MEMBER,
	once=True,
	an_hour=SELDOM,
	form=HtmlForm(N_("The coordinators have your concern. You'll find their answer on this page.")),
)
def raise_concern(
	group: str, words: str, kind: str = "Something Else", message: str = "", quote: Flag = 0
) -> dict:
	"""Raise a concern about anything in a group that one is or was in; with the words of a `message` if `quote`."""
	if message and quote and words.strip():
		words = reporting.with_message(words, message, own_profile())
	doc = concerns.raise_concern(group, own_profile(), kind, words)
	return {"name": doc.name, "status": doc.status}


@endpoint(MEMBER, methods=READS)
def my_concerns() -> list[dict]:
	"""What one raised, with the answers and the dates of each step."""
	return concerns.raised_by(own_profile())

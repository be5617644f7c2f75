"""What staff who write the mails ask for."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.mails import preview as previews
from mentor_ispe.permissions.gate import COORDINATOR_ONLY


@endpoint(COORDINATOR_ONLY)
def preview(
	email_template: str, notice: str | None = None, profile: str | None = None, language: str | None = None
) -> dict:
	"""A mail as it would go out now: its subject, HTML, plain text, and the notice it was made of."""
	return asdict(previews.preview(email_template, notice or None, profile or None, language or None))

"""Templates that the Desk's forms of a program and an agreement offer, for coordinators."""

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.permissions.gate import permitted
from mentor_ispe.services.desk import program_templates as templates


@endpoint(permitted("Mentoring Program", "create"), methods=READS)
def program_templates() -> list[dict]:
	"""The programs that a new one can start from."""
	return templates.programs()


@endpoint(permitted("Mentoring Program", "create"), methods=READS)
def program_template(template: str) -> dict:
	"""The values of a new program from this template; nothing is saved."""
	return templates.program(template)


@endpoint(permitted("Mentoring Agreement", "create"))
def bring_agreements(template: str) -> list[dict]:
	"""The agreements that a program template asks for; those that aren't there are made, as drafts."""
	return templates.bring_agreements(template)


@endpoint(permitted("Mentoring Agreement", "create"), methods=READS)
def agreement_templates() -> list[dict]:
	"""The texts that a new agreement can start from."""
	return templates.agreements()

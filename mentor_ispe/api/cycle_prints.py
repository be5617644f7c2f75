"""Certificates and rosters of a whole cycle in one PDF, for the coordinators."""

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.prints import answer_with
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.prints import certificates, rosters

CYCLE = "Mentoring Cycle"


@endpoint(COORDINATOR_ONLY, methods=READS)
def certificates_pdf(cycle: str, language: str | None = None, letterhead: str | None = None) -> None:
	"""A certificate for everybody who completed a part in the cycle, a page each."""
	answer_with(certificates.pdf(CYCLE, cycle, language, letterhead), f"certificates-{cycle}")


@endpoint(COORDINATOR_ONLY, methods=READS)
def rosters_pdf(cycle: str, language: str | None = None, letterhead: str | None = None) -> None:
	"""The roster of every proposed or running group of the cycle."""
	answer_with(rosters.pdf(CYCLE, cycle, language, letterhead), f"rosters-{cycle}")

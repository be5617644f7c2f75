"""What everyone may see: published programs, and resources that are for everyone."""

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.permissions.gate import GUEST
from mentor_ispe.services.library import resources as library
from mentor_ispe.services.programs import public_programs


@endpoint(GUEST, methods=("GET",))
def programs() -> list[dict]:
	"""Published programs, by name, in the fields that describe them."""
	return public_programs.published()


@endpoint(GUEST, methods=("GET",))
def resources(topic: str | None = None, phase: str | None = None, program: str | None = None) -> list[dict]:
	"""Resources for everyone, in the order in which a group comes upon them."""
	return library.library(None, topic=topic or None, phase=phase or None, program=program or None)

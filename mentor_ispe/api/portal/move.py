"""The form behind the links that move a profile to another login; whoever has the link may be a guest."""

# No postponed annotations here: an endpoint checks the arguments of a request against them.
from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.permissions.gate import GUEST
from mentor_ispe.portal.forms import Done
from mentor_ispe.services.members import login_moves


@endpoint(GUEST, form=True)
def confirm(key: str = "") -> Done:
	"""Confirm that the address is one's own and that the login moves; the page says what came of it."""
	login_moves.confirm(key)
	return Done("")


@endpoint(GUEST, form=True)
def refuse(key: str = "") -> Done:
	"""Stop the move."""
	login_moves.refuse_move(key)
	return Done("")

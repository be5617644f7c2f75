"""Groups of a mentor and several mentees: `match_groups`, `preview_groups` and the rules they take."""

from mentor_ispe.domain.matching.groups.forming import Work
from mentor_ispe.domain.matching.groups.match import match_groups, preview_groups
from mentor_ispe.domain.matching.groups.result import GroupsResult, ProposedGroup
from mentor_ispe.domain.matching.groups.rules import MUST, NOT_ASKED, Asked, GroupRules

__all__ = [
	"MUST",
	"NOT_ASKED",
	"Asked",
	"GroupRules",
	"GroupsResult",
	"ProposedGroup",
	"Work",
	"match_groups",
	"preview_groups",
]

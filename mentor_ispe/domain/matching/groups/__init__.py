"""Groups of a mentor and several mentees: `match_groups`, `preview_groups` and the rules they take."""

from mentor_ispe.domain.matching.groups.forming import Work
from mentor_ispe.domain.matching.groups.match import match_groups, preview_groups
from mentor_ispe.domain.matching.groups.result import FormedGroup, GroupsResult
from mentor_ispe.domain.matching.rules import MUST, NOT_ASKED, Asked, GroupRules

__all__ = [
	"MUST",
	"NOT_ASKED",
	"Asked",
	"FormedGroup",
	"GroupRules",
	"GroupsResult",
	"Work",
	"match_groups",
	"preview_groups",
]

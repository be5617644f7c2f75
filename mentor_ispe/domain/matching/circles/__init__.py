"""Circles of peers: `match_circles` and the rules it takes."""

from mentor_ispe.domain.matching.circles.forming import Work
from mentor_ispe.domain.matching.circles.match import match_circles
from mentor_ispe.domain.matching.circles.result import CircleMember, CirclesResult, FormedCircle
from mentor_ispe.domain.matching.rules import CircleRules

__all__ = ["CircleMember", "CircleRules", "CirclesResult", "FormedCircle", "Work", "match_circles"]

"""Credit schemes as data: a title, and rules with their parameters.

Another scheme is another entry: `register(SCHEMES, "Name", {"title": …, "rules": [{"rule": …}, …]})`; apps
add theirs with the hook mentoring_credit_schemes (see readings/credit_schemes.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from inspect import signature
from typing import Any

from mentor_ispe.domain.credit.findings import Finding, worst
from mentor_ispe.domain.credit.rules import RULES
from mentor_ispe.domain.partnership import Partnership
from mentor_ispe.domain.violations import N_


@dataclass(frozen=True)
class RuleOfScheme:
	"""A rule of RULES with its parameters, and what this scheme calls it."""

	rule: str
	title: str
	parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CreditScheme:
	"""What a scheme is called, and the rules that all have to hold."""

	name: str
	title: str
	rules: tuple[RuleOfScheme, ...]

	def has(self, rule: str) -> bool:
		return any(each.rule == rule for each in self.rules)


@dataclass(frozen=True)
class RuleFinding:
	"""What one rule of a scheme answers for a partnership."""

	rule: str
	title: str
	finding: Finding


def to_scheme(name: str, data: Mapping[str, Any]) -> CreditScheme:
	"""Read a scheme; raises ValueError for a rule that there isn't, or parameters that it doesn't take."""
	rules = []
	for row in data.get("rules", ()):
		values = dict(row)
		rule, title = values.pop("rule", None), values.pop("title", None)
		if rule not in RULES:
			raise ValueError(f"Credit scheme {name!r}: there is no rule {rule!r}; one of {sorted(RULES)}")
		try:
			signature(RULES[rule]).bind(None, None, **values)
		except TypeError as error:
			raise ValueError(f"Credit scheme {name!r}, rule {rule!r}: {error}") from None
		rules.append(RuleOfScheme(rule, title or rule, values))
	if not rules:
		raise ValueError(f"Credit scheme {name!r} has no rules")
	return CreditScheme(name, data.get("title") or name, tuple(rules))


CREDIT_SCHEMES: dict[str, Mapping[str, Any]] = {
	"HRCI": {
		"title": N_("HRCI recertification credit"),
		"rules": [
			{"rule": "one_to_one", "title": N_("One to one")},
			{"rule": "duration", "title": N_("At least six months"), "months": 6},
			{"rule": "regular_meetings", "title": N_("Regular meetings, in person preferred"), "months": 6},
			{"rule": "employers_apart", "title": N_("Different employers")},
			{
				"rule": "outcomes_revisited",
				"title": N_("Desired outcomes revisited at the end"),
				"days_before": 30,
				"days_after": 30,
				"state_within": 30,
			},
		],
	},
}


def evaluate(scheme: CreditScheme, pair: Partnership, on: date) -> list[RuleFinding]:
	"""What every rule of the scheme answers on the day `on`, in the scheme's order."""
	return [
		RuleFinding(each.rule, each.title, RULES[each.rule](pair, on, **each.parameters))
		for each in scheme.rules
	]


def overall(findings: list[RuleFinding]) -> str:
	return worst(each.finding.state for each in findings)

"""Calls everything as everybody, and reports what came back that shouldn't have.

python -m tests.canaries.run WORLD.json --seed 1 --shards 2 --draws 1 --out FOLDER
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import frappe

from tests.canaries.arguments import Arguments, counterpart, names_of, names_word
from tests.canaries.engine import Answer, Call, Engine
from tests.canaries.functions import Function, whitelisted
from tests.canaries.readers import Readers
from tests.canaries.world import CALLERS, KINDS, LENGTH, STARTS, Canary, World, make_absent_word
from tests.connected import in_sites_folder

WORD = re.compile(rf"{STARTS}[0-9a-f]{{{LENGTH - len(STARTS)}}}", re.IGNORECASE)
# What differs from one answer to the next by itself.
PASSING = re.compile(
	r"0x[0-9a-f]+|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?|[0-9a-f]{16,}|\b[0-9a-z]{10}\b|X-Frappe-Request-Id.*|Content-Length.*|X-RateLimit.*|(?<![\w])\d+\.\d+"
)
# What these answer is about the letters that they are sent: they judge a password, and read no record.
JUDGE_WORDS = ("frappe.core.doctype.user.user.test_password_strength",)
# A function that takes one of these reaches records of any kind: it gets more draws.
REACHING = re.compile(r"doctype|filters|fields|^dt$|report|document|^docs?$|docname|^args$|^data$|txt")


class Run:
	"""One part of all calls: `shard` of `shards`, `draws` of each function, `more` of those that reach records."""

	def __init__(self, world: World, given: argparse.Namespace, shard: int):
		self.world, self.seed, self.draws, self.more = world, given.seed, given.draws, given.more
		self.whole, self.rng = self.more > 1, Random(self.seed)
		self.shard, self.shards = shard, given.shards
		self.people, self.only = given.people or CALLERS, re.compile(given.only)
		self.out = given.out / f"{shard}.json"
		self.canaries = {canary.word: canary for canary in world.canaries}
		self.findings: dict[tuple, dict[str, Any]] = {}
		self.counts: Counter[str] = Counter()
		self.statuses: Counter[str] = Counter()
		self.slow: dict[str, float] = {}
		self.seconds: Counter[str] = Counter()
		self.called: set[tuple[str, str]] = set()
		self.started = perf_counter()

	def everything(self, functions: list[Function]) -> None:
		readers = Readers(self.world)
		allowed = {word: readers.of(canary) for word, canary in self.canaries.items()}
		self.allowed = allowed
		self.by_user = {person["user"]: name for name, person in self.world.people.items()}
		self.counts["functions"] = len(functions)
		self.counts["foreign"] = sum(each.is_foreign for each in functions)
		self.counts["left_out"] = sum(each.is_foreign and not self._has_its_turn(each) for each in functions)
		self.names = names_of(self.world, {each.doctype for each in functions if each.doctype})
		rules = _rules()
		pages = _pages()
		self.counts["routes"], self.counts["pages"] = len(rules), len(pages)
		sessions = {name: self.world.people[name]["session"] for name in CALLERS}
		engine = Engine(os.environ["MENTOR_TEST_SITE"], sessions)
		shown = {person: self._arguments(person) for person in CALLERS}
		with engine.running():
			self.engine = engine
			for person in self.people:
				arguments = shown[person]
				for name, call, about in self._calls(person, functions, rules, pages, arguments):
					if self.only.search(name):
						self._try(person, name, call, about)
						if self.counts["tried"] % 300 == 0:
							self.report()
				self.report()

	def report(self) -> None:
		"""What was found so far."""
		slow = sorted(self.slow.items(), key=lambda each: -each[1])[:25]
		result = {"counts": self.counts, "statuses": self.statuses, "seconds": perf_counter() - self.started}
		result["counts"]["called"] = len(self.called)
		result |= {"by_person": self.seconds, "slow": slow, "findings": list(self.findings.values())}
		self.out.write_text(json.dumps(result, default=str, indent=1))

	def _arguments(self, person: str) -> Arguments:
		private = [c for word, c in self.canaries.items() if person not in self.allowed[word]]
		return Arguments(self.world, private, self.names, Random(f"{self.seed}|{person}|{self.shard}"))

	def _calls(
		self, person: str, functions: list[Function], rules: list, pages: list[str], arguments: Arguments
	) -> Iterator[tuple[str, Call, Canary]]:
		for function in functions:
			number = zlib.crc32(function.path.encode())
			if number % self.shards != self.shard or not self._is_asked(person, function, number):
				continue
			reaches = any(REACHING.search(name) for name, _ in function.parameters) or not function.parameters
			draws = self.draws + (self.more if reaches and (function.guest or person != "guest") else 0)
			for _ in range(draws):
				about = arguments.about()
				yield function.path, arguments.call(function, about), about
		methods = [each for each in functions if not each.doctype]
		for index, rule in enumerate(rules):
			if index % self.shards == self.shard:
				for _ in range((self.draws + self.more) * 4):
					about = arguments.about()
					yield f"route {rule.rule}", arguments.of_rule(rule, about, methods), about
		for index, page in enumerate(pages):
			if index % self.shards == self.shard and (self.whole or (index + self.seed) % 3 == 0):
				for _ in range(self.draws + self.more):
					about = arguments.about()
					yield f"page {page}", arguments.of_page(page, about), about

	def _is_asked(self, person: str, function: Function, number: int) -> bool:
		"""A function of an app that knows no role of ours: one of each of KINDS stands for the others there."""
		if self.whole or not function.is_foreign:
			return True
		kind = next(kind for kind in KINDS if person in kind)
		return self._has_its_turn(function) and kind[(number + self.seed) % len(kind)] == person

	def _has_its_turn(self, function: Function) -> bool:
		"""Half of what other apps offer with one state of our code, the other half with another."""
		return self.whole or (zlib.crc32(function.path.encode()) // len(CALLERS) + self.seed) % 2 == 0

	def _try(self, person: str, name: str, call: Call, about: Canary) -> None:
		started = perf_counter()
		self.counts["tried"] += 1
		self.called.add((person, name))
		answer = self._ask(person, call)
		self._look(person, call, answer)
		# What was refused is compared now and then only: there it takes a different refusal to tell.
		comparable = names_word(call, about.word) and not {name, call.name} & set(JUDGE_WORDS)
		if comparable and (answer.status < 400 or self.whole or self.rng.random() < 0.1):
			self._compare(person, call, answer, about)
		seconds = perf_counter() - started
		self.slow[name] = max(self.slow.get(name, 0), seconds)
		self.seconds[f"{person}: {'page' if name.startswith('page') else 'call'}"] += seconds

	def _ask(self, person: str, call: Call) -> Answer:
		answer = self.engine.ask(person, call)
		if answer.status == 429:
			frappe.init(site=self.engine.site, sites_path=".", force=True)
			frappe.cache.delete_keys("rl:")
			answer = self.engine.ask(person, call)
		self.counts["requests"] += 1
		self.statuses[f"{answer.status}"] += 1
		return answer

	def _look(self, person: str, call: Call, answer: Answer) -> None:
		"""No word that this person may not read, in anything that they get."""
		asked = {word.lower() for word in WORD.findall(json.dumps(call.values, default=str) + call.path)}
		for word in {word.lower() for word in WORD.findall(answer.text)} - asked:
			canary = self.canaries.get(word)
			if canary and person not in self.allowed[word]:
				self._found("came back", person, call, f"{canary.doctype}.{canary.field}", answer, word)
		for recipients, text in answer.sent:
			# What somebody sends in their own name says their address.
			text = text.replace(self.world.people[person]["user"], "")
			for word in {word.lower() for word in WORD.findall(text)} - asked:
				canary = self.canaries.get(word)
				for recipient in recipients:
					reader = self.by_user.get(recipient)
					if canary and reader in CALLERS and reader not in self.allowed[word]:
						self._found(
							"was sent", reader, call, f"{canary.doctype}.{canary.field}", answer, word
						)
		if answer.status >= 500 and self._is_ours(call):
			self._found("500", person, call, "", answer, "")

	def _is_ours(self, call: Call) -> bool:
		"""What stands in for a function of Frappe's answers wrong arguments as that one does."""
		ours = call.name.startswith("mentor_ispe.") and not call.name.startswith("mentor_ispe.hardening.")
		return ours or call.path.startswith("/mentoring")

	def _compare(self, person: str, call: Call, first: Answer, about: Canary) -> None:
		"""Whether the word is there makes no difference to the answer."""
		if person in self.allowed[about.word]:
			return
		self.counts["compared"] += 1
		absent = make_absent_word(about.word, set(self.canaries))
		other = counterpart(call, about.word, absent)
		second = self._ask(person, other)
		if _same(first, second, about.word, absent):
			return
		again, then = self._ask(person, call), self._ask(person, other)
		steady = _same(first, again, about.word, about.word) and _same(second, then, absent, absent)
		if steady and not _same(again, then, about.word, absent):
			self._found("told apart", person, call, f"{about.doctype}.{about.field}", again, about.word, then)

	def _found(
		self,
		what: str,
		person: str,
		call: Call,
		field: str,
		answer: Answer,
		word: str,
		other: Answer | None = None,
	) -> None:
		key = (what, person, call.name, field)
		if key in self.findings:
			self.findings[key]["times"] += 1
			return
		at = answer.text.lower().find(word) if word else max(0, answer.text.rfind("Traceback"))
		self.findings[key] = {
			"what": what,
			"person": person,
			"function": call.name,
			"field": field,
			"call": str(call),
			"answer": answer.text[max(0, at - 300) : at + 1500]
			if what != "told apart"
			else answer.text[:900],
			"other": other.text[:900] if other else "",
			"times": 1,
		}


def _same(first: Answer, second: Answer, word: str, other: str) -> bool:
	return first.status == second.status and _plain(first.text, word) == _plain(second.text, other)


def _plain(text: str, word: str) -> str:
	for each in (word, word.upper(), word[:8], word[:8].upper()):
		# Some endpoints give back what they were sent letter by letter, as the cells of a table.
		text = text.replace(each, "WORD").replace('","'.join(each), "WORD")
	return PASSING.sub("", text)


def _rules() -> list[Any]:
	from frappe.api import API_URL_MAP

	return sorted(API_URL_MAP.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def _pages() -> list[str]:
	"""Every page of every app, what route rules lead to, and the addresses that Frappe serves by itself."""
	from frappe.website.router import get_pages

	routes = set(get_pages())
	routes |= {rule["from_route"].lstrip("/") for rule in frappe.get_hooks("website_route_rules")}
	routes |= {"printview", "app", "app/mentoring", "sitemap.xml", "robots.txt", "list", "me", "desk"}
	routes |= {"private/files/<file>", "files/<file>", "backups/<file>"}
	routes |= {
		f"app/{doctype.lower().replace(' ', '-')}/<name>"
		for doctype in ("Mentoring Group", "Mentoring Concern")
	}
	return sorted(routes)


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("world", type=Path)
	parser.add_argument("--seed", type=int, default=1)
	parser.add_argument("--shards", type=int, default=1, help="so many processes, each with a part")
	parser.add_argument("--draws", type=int, default=1)
	parser.add_argument("--more", type=int, default=0)
	parser.add_argument("--out", type=Path, required=True, help="a folder; a file of each process")
	parser.add_argument("--only", default="", help="functions, routes and pages that match this")
	parser.add_argument("--people", nargs="*", choices=CALLERS)
	parser.add_argument(
		"--apps", nargs="*", help="functions of these apps; without it, of all that are installed"
	)
	given = parser.parse_args()
	world = World.from_json(given.world.read_text())
	with in_sites_folder():
		with connected():
			functions = whitelisted(given.apps or frappe.get_installed_apps())
		# Importing every module takes longer than a good part of the calls: the processes are forked afterwards.
		fork = multiprocessing.get_context("fork")
		parts = [
			fork.Process(target=run_part, args=(world, given, n, functions)) for n in range(given.shards)
		]
		for part in parts:
			part.start()
		for part in parts:
			part.join()
	sys.exit(any(part.exitcode for part in parts))


def run_part(world: World, given: argparse.Namespace, shard: int, functions: list[Function]) -> None:
	with connected():
		Run(world, given, shard).everything(functions)


@contextmanager
def connected() -> Iterator[None]:
	frappe.init(site=os.environ["MENTOR_TEST_SITE"], sites_path=".", force=True)
	frappe.connect()
	yield
	frappe.destroy()


if __name__ == "__main__":
	main()

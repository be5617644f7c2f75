"""Measure the members' pages beside Frappe's own `/me`, on a site of a large association.

	bench_env/bin/python benchmarks/portal/run.py --site NAME --bench BENCH_DIR

Writes 20,000 profiles, 3,000 groups and 36,000 sessions, and one busy member: two groups to moderate, two to
lead, a pair, a circle, two matches to answer, and six of everything in a group; serves the site by one process, signs the member in, and asks for each page and for `/me` in turn. Deletes everything
afterwards. The site must allow tests. Prints for each page the time beside that of `/me`, and what the page
weighs, compressed as a web server sends it: its HTML, and with all styles, scripts and pictures that it loads.
Exits with 1 when a page takes more than `MOST_TIMES` times as long as `/me`, or weighs more than `MOST_NEXT` by
itself or `MOST_COLD` with everything.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe
from bs4 import BeautifulSoup
from frappe.utils.password import update_password
from requests import Session

from benchmarks.matching_desk.measuring import connect, parse, timed
from benchmarks.portal.pages import PAGES
from benchmarks.portal.serving import served
from benchmarks.portal.world import World
from benchmarks.reports.association import Association, take_away

OF_FRAPPE = "/me"
MOST_TIMES = 2
MOST_NEXT, MOST_COLD = 30_000, 100_000
WARM_UP = 2
PASSWORD = "a-benchmark-of-pages-8"


@dataclass
class Measured:
	"""One page at one address: seconds of each time it was asked for, and of `/me` just before; bytes as sent."""

	page: str
	address: str
	own: list[float] = field(default_factory=list)
	beside: list[float] = field(default_factory=list)
	bytes: int = 0
	cold: int = 0

	@property
	def seconds(self) -> float:
		return statistics.median(self.own)

	@property
	def times(self) -> float:
		return self.seconds / statistics.median(self.beside)


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--profiles", type=int, default=20_000)
	parser.add_argument("--groups", type=int, default=3_000)
	parser.add_argument("--size", type=int, default=6, help="of everything in the member's groups")
	parser.add_argument("--messages", type=int, help="in each conversation of the member, else --size")
	parser.add_argument("--programs", type=int, default=2, help="programs that the member takes part in")
	parser.add_argument("--repeats", type=int, default=9)
	parser.add_argument("--only", nargs="*", default=list(PAGES), help="pages under www/mentoring")
	options = parser.parse_args()
	connect(options.site, options.bench)
	settings = frappe.db.get_singles_dict("Mentoring Settings")
	mark, world = (
		Association(options.profiles, options.groups).put(),
		World(options.size, options.programs, options.messages),
	)
	try:
		frappe.db.set_single_value("Mentoring Settings", "membership_source", "Membership Roll")
		world.put()
		update_password(world.user, PASSWORD)
		frappe.db.commit()
		with served(options.site) as base:
			found = measured(base, world, options.only, options.repeats)
	finally:
		frappe.db.rollback()
		world.take_away()
		frappe.db.set_single_value("Mentoring Settings", "membership_source", settings.membership_source)
		take_away(mark)
	return int(tell(found))


def measured(base: str, world: World, pages: list[str], repeats: int) -> list[Measured]:
	"""These pages of the member, each as often beside `/me`."""
	session = Session()
	session.trust_env = False
	answer = session.post(f"{base}/api/method/login", data={"usr": world.user, "pwd": PASSWORD})
	answer.raise_for_status()
	found = [Measured(page, each) for page in pages for each in PAGES[page]]
	for number in range(WARM_UP + repeats):
		for each in found:
			beside, _text = timed(lambda: _get(session, base + OF_FRAPPE))
			seconds, text = timed(lambda each=each: _get(session, base + each.address.format(**world.names)))
			if number >= WARM_UP:
				each.beside.append(beside)
				each.own.append(seconds)
			elif not each.bytes:
				each.bytes, each.cold = _weight(session, base, text)
	return found


def _get(session: Session, address: str) -> str:
	answer = session.get(address, allow_redirects=False)
	if answer.status_code != 200:
		sys.exit(f"{address}: {answer.status_code}")
	return answer.text


def _loads(html: str) -> list[str]:
	"""The addresses of what a page loads: styles, scripts and pictures."""
	soup = BeautifulSoup(html, "html.parser")
	styles = [tag["href"] for tag in soup.find_all("link", rel="stylesheet", href=True)]
	return styles + [tag["src"] for tag in soup.find_all(["script", "img"], src=True)]


def _weight(session: Session, base: str, html: str) -> tuple[int, int]:
	"""Bytes of the page as a web server sends it, and with all that it loads."""
	page = len(gzip.compress(html.encode(), 6))
	loaded = (session.get(urljoin(base, each)).content for each in _loads(html))
	return page, page + sum(len(gzip.compress(each, 6)) for each in loaded)


def tell(found: list[Measured]) -> bool:
	"""Print the table; whether anything is wrong."""
	wrong = False
	print(f"{'page':<60}{'ms':>7}{'/me ms':>8}{'times':>7}{'kB':>7}{'cold':>8}")
	for each in found:
		words = []
		if each.times > MOST_TIMES:
			words.append("slow")
		if each.bytes > MOST_NEXT or each.cold > MOST_COLD:
			words.append("heavy")
		wrong |= bool(words)
		print(
			f"{each.address:<60}{1000 * each.seconds:>7.0f}{1000 * statistics.median(each.beside):>8.0f}"
			f"{each.times:>7.2f}{each.bytes / 1000:>7.1f}{each.cold / 1000:>8.1f}  {', '.join(words)}"
		)
	return wrong


if __name__ == "__main__":
	sys.exit(main())

"""How long a member waits for a page on a slow phone line, in our frame and in that of Frappe's website.

	bench_env/bin/python benchmarks/portal/slow_line.py --site NAME --bench BENCH_DIR [--chromium PATH]

Serves the site behind a proxy that compresses and lets files be kept, as bench's nginx does, and opens pages in
Chromium with 400 kbit/s and 400 ms: first with nothing kept, then the next page. Frappe's `/me` and `/update-profile`
stand for its frame, which all members' pages had; they show less than ours. Prints seconds to the first paint and to
the end of loading, and what came over the line. Exits with 1 when our first page isn't loaded in half of the time.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe
import requests
from frappe.utils.password import update_password
from playwright.sync_api import Browser, sync_playwright

from benchmarks.matching_desk.measuring import connect, parse
from benchmarks.portal.serving import served
from benchmarks.portal.world import World

LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PATHS = {"our frame": ("/mentoring", "/mentoring/groups"), "Frappe's": ("/me", "/update-profile")}
PASSWORD = "a-benchmark-of-lines-8"
TIMES = """() => {
	const [page] = performance.getEntriesByType("navigation");
	const [paint] = performance.getEntriesByName("first-contentful-paint");
	const bytes = performance.getEntriesByType("resource").reduce((all, each) => all + each.transferSize, page.transferSize);
	return [paint ? paint.startTime / 1000 : 0, page.loadEventEnd / 1000, bytes / 1000];
}"""
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0"


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--chromium", default="/usr/bin/chromium")
	parser.add_argument("--repeats", type=int, default=3)
	options = parser.parse_args()
	connect(options.site, options.bench)
	world = World(2, 1)
	try:
		world.put()
		update_password(world.user, PASSWORD)
		frappe.db.commit()
		with served(options.site) as site, compressing(site) as base, sync_playwright() as playwright:
			browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
			found = {
				frame: [waits(browser, base, world.user, paths) for _number in range(options.repeats)]
				for frame, paths in PATHS.items()
			}
			browser.close()
	finally:
		frappe.db.rollback()
		world.take_away()
	return int(tell(found))


def waits(browser: Browser, base: str, user: str, paths: tuple[str, ...]) -> list[list[float]]:
	"""[seconds to the first paint, to the end of loading, kB] of each page, one after the other."""
	context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
	context.set_default_timeout(180_000)
	answer = context.request.post(f"{base}/api/method/login", form={"usr": user, "pwd": PASSWORD})
	assert answer.ok, answer.text()
	page = context.new_page()
	context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
	found = []
	for path in paths:
		page.goto(f"{base}{path}")
		page.wait_for_function(LOADED)
		found.append(page.evaluate(TIMES))
	context.close()
	return found


class Server(ThreadingHTTPServer):
	def handle_error(self, *_request: object) -> None:
		"""A browser that is closed leaves its connections behind."""


@contextmanager
def compressing(site: str) -> Iterator[str]:
	"""The address of a proxy in front of the site, as bench's nginx is one."""

	class Proxy(BaseHTTPRequestHandler):
		protocol_version = "HTTP/1.1"

		def do_GET(self) -> None:
			self._answer(self._asked("GET"))

		def do_POST(self) -> None:
			self._answer(self._asked("POST", self.rfile.read(int(self.headers.get("Content-Length", 0)))))

		def _asked(self, method: str, body: bytes = b"") -> requests.Response:
			headers = {**self.headers, "Accept-Encoding": "identity"}
			return requests.request(
				method, site + self.path, data=body, headers=headers, allow_redirects=False, timeout=60
			)

		def _answer(self, answer: requests.Response) -> None:
			content = gzip.compress(answer.content, 6)
			self.send_response(answer.status_code)
			for name, value in answer.raw.headers.items():
				if name.lower() not in ("content-length", "connection", "transfer-encoding", "cache-control"):
					self.send_header(name, value)
			self.send_header("Content-Encoding", "gzip")
			self.send_header("Content-Length", str(len(content)))
			if self.path.startswith("/assets/"):
				self.send_header("Cache-Control", "max-age=31536000")
			self.end_headers()
			self.wfile.write(content)

		def log_message(self, *_said: object) -> None:
			"""Nothing."""

	server = Server(("127.0.0.1", 0), Proxy)
	Thread(target=server.serve_forever, daemon=True).start()
	try:
		yield f"http://127.0.0.1:{server.server_port}"
	finally:
		server.shutdown()


def tell(found: dict[str, list[list[list[float]]]]) -> bool:
	"""Print the medians; whether our first page is slow."""
	first: dict[str, float] = {}
	print(f"{'':<12}{'page':<18}{'first paint s':>14}{'loaded s':>10}{'kB':>8}")
	for frame, runs in found.items():
		for number, path in enumerate(PATHS[frame]):
			paint, loaded, weight = (
				statistics.median(run[number][each] for run in runs) for each in range(3)
			)
			first.setdefault(frame, loaded)
			print(f"{frame:<12}{path:<18}{paint:>14.1f}{loaded:>10.1f}{weight:>8.1f}")
	return first["our frame"] > first["Frappe's"] / 2


if __name__ == "__main__":
	sys.exit(main())

// Keeps the pages that a member opened last readable without a connection. What it may keep, and for whom, is in
// portal/home_screen.py. Nothing else goes through it: no form that is sent, no file, no page of the Desk.
// It also shows notifications (mails/push/).

const FILES = "mentoring-files-{{ version }}";
const PAGES = "mentoring-pages";
const OFFLINE = "/mentoring/offline";
const WHOSE = "/mentoring/whose";
const MOST = 20;
const SECRET = ["token", "key", "k"]; // of links in mails

self.addEventListener("install", (event) => {
	event.waitUntil(
		caches.open(FILES).then(async (files) => {
			await files.addAll({{ files }});
			// As a guest sees it: it is shown to whoever holds the device.
			await files.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit" }));
		}).then(() => self.skipWaiting())
	);
});

self.addEventListener("activate", (event) => {
	event.waitUntil(
		caches.keys().then(async (names) => {
			await Promise.all(names.filter((name) => name.startsWith("mentoring-files-") && name !== FILES).map((name) => caches.delete(name)));
			await self.clients.claim();
		})
	);
});

self.addEventListener("fetch", (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== "GET" || origin !== self.location.origin) return;
	if (pathname.startsWith("/assets/mentor_ispe/")) {
		event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
	} else if (request.mode === "navigate" && (pathname === "/mentoring" || pathname.startsWith("/mentoring/"))) {
		event.respondWith(page(event));
	}
});

async function page(event) {
	try {
		const answer = await fetch(event.request);
		event.waitUntil(keep(event.request, answer.clone()));
		return answer;
	} catch {
		return (await kept(event.request)) ?? (await caches.match(OFFLINE)) ?? Response.error();
	}
}

async function keep(request, answer) {
	const whose = answer.headers.get("X-Mentoring-Reader");
	// A redirect may lead to the login: whoever was signed in no longer is.
	if (!whose) return caches.delete(PAGES);
	const known = await (await caches.match(WHOSE, { cacheName: PAGES }))?.text();
	if (known !== whose) await caches.delete(PAGES);
	const address = new URL(request.url);
	if (!answer.ok || SECRET.some((name) => address.searchParams.has(name))) return;
	address.hash = "";
	const html = (await answer.text()).replace('id="offline" hidden', 'id="offline"');
	const headers = new Headers(answer.headers);
	headers.set("X-Kept-Until", String(Date.now() + 1000 * Number(answer.headers.get("X-Mentoring-Keep"))));
	const pages = await caches.open(PAGES);
	await pages.put(WHOSE, new Response(whose));
	await pages.delete(address.href); // so that it becomes the newest
	await pages.put(address.href, new Response(html, { headers }));
	const all = (await pages.keys()).filter((each) => new URL(each.url).pathname !== WHOSE);
	await Promise.all(all.slice(0, -MOST).map((each) => pages.delete(each)));
}

async function kept(request) {
	const found = await caches.match(request.url.split("#")[0], { cacheName: PAGES });
	if (!found) return null;
	if (Number(found.headers.get("X-Kept-Until")) > Date.now()) return found;
	await caches.delete(PAGES);
	return null;
}

self.addEventListener("push", (event) => {
	const { title, line, path, name } = event.data.json();
	event.waitUntil(
		self.registration.showNotification(title, { body: line, icon: "{{ icon }}", tag: name, data: { path } })
	);
});

self.addEventListener("notificationclick", (event) => {
	event.notification.close();
	const place = new URL(event.notification.data.path, self.location.origin);
	if (place.origin === self.location.origin) event.waitUntil(show_page(place.href));
});

async function show_page(place) {
	const pages = await self.clients.matchAll({ type: "window" });
	const there = pages.find((page) => page.url === place);
	return there ? there.focus() : self.clients.openWindow(place);
}

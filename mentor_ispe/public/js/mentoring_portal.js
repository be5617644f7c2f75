// Comfort only; every page works without it.

// Tabs that don't fit begin where one is.
for (const here of document.querySelectorAll(".mentoring-menu [aria-current], .mentoring-sections [aria-current]")) {
	const row = here.closest("ul");
	row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

// Without a connection the page says so; the browser's worker may show it as it was (portal/home_screen.py).
const offline = document.getElementById("offline");
function tell_offline(here) {
	if (!offline) return;
	offline.hidden = !here;
	if (here) offline.focus();
}
window.addEventListener("online", () => tell_offline(false));
if ("keepsPages" in document.body.dataset) {
	navigator.serviceWorker?.register("/mentoring-worker.js", { scope: "/mentoring" }).catch(() => {});
}

// The menu closes by a click elsewhere, or by the key for that.
const menu = document.querySelector(".m-menu");
document.addEventListener("click", (event) => {
	if (menu && !menu.contains(event.target)) menu.open = false;
});
menu?.addEventListener("keydown", (event) => {
	if (event.key !== "Escape" || !menu.open) return;
	menu.open = false;
	menu.querySelector("summary").focus();
});

// A form is sent once, however often the button is pressed.
for (const form of document.querySelectorAll(".mentoring form")) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		if ("again" in form.dataset) return; // a download leaves the page as it is
		if (!navigator.onLine) {
			event.preventDefault(); // what was typed stays on the page
			tell_offline(true);
			return;
		}
		form.dataset.sent = "1";
		form.setAttribute("aria-busy", "true");
	});
}
// Coming back with the browser's button, it may be sent again.
window.addEventListener("pageshow", () => {
	for (const form of document.querySelectorAll(".mentoring form")) {
		delete form.dataset.sent;
		form.removeAttribute("aria-busy");
	}
});

// What the last form said is read out, and is where the keyboard goes on from.
const said = document.getElementById("said");
if (said?.textContent.trim()) said.focus();

// What is typed into an application is kept while one types, a second after the last key.
for (const form of document.querySelectorAll("form[data-keep]")) {
	const words = form.querySelector("[data-kept]");
	let waiting;
	form.addEventListener("input", () => {
		clearTimeout(waiting);
		waiting = setTimeout(async () => {
			if (form.dataset.sent) return;
			try {
				const answer = await fetch(form.dataset.keep, {
					method: "POST",
					headers: { Accept: "application/json" },
					body: new FormData(form),
				});
				if (answer.ok) words.textContent = (await answer.json()).message.words;
			} catch {
				words.textContent = ""; // without a connection; the button says so
			}
		}, 1000);
	});
}

// The time zone of the device; some browsers call it by a name that places no longer have.
const renamed = {
	"Asia/Calcutta": "Asia/Kolkata",
	"Asia/Katmandu": "Asia/Kathmandu",
	"Asia/Rangoon": "Asia/Yangon",
	"Asia/Saigon": "Asia/Ho_Chi_Minh",
	"America/Buenos_Aires": "America/Argentina/Buenos_Aires",
	"Europe/Kiev": "Europe/Kyiv",
};
const named = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zone = renamed[named] || named;
// It is put in where none was chosen yet.
for (const box of document.querySelectorAll("[data-time-zone]")) {
	const select = box.querySelector("select");
	const known = [...select.options].some((option) => option.value === zone);
	if (known && (!select.value || box.dataset.timeZone === "guessed")) select.value = zone;
}
// And asked about where it shows another time than the zone that was chosen.
const time_in = (timeZone) => new Date(60000 * Math.floor(Date.now() / 60000)).toLocaleString("en", { timeZone });
for (const form of document.querySelectorAll("[data-device-zone]")) {
	try {
		// Not of one that is no place, as UTC.
		if (!zone?.includes("/") || zone.startsWith("Etc/") || time_in(zone) === time_in(form.dataset.deviceZone)) continue;
	} catch {
		continue; // a zone that this browser doesn't know
	}
	const words = form.querySelector("[data-words]");
	words.textContent = words.dataset.words.replace("{0}", zone.split("/").pop().replaceAll("_", " "));
	form.querySelector("button").value = zone;
	form.hidden = false;
}

for (const field of document.querySelectorAll("input[data-select]")) {
	field.addEventListener("focus", () => field.select());
}

// Everybody's clock follows the time that is being chosen.
for (const box of document.querySelectorAll("[data-clocks]")) {
	const form = box.closest("form");
	const rows = box.querySelector("tbody");
	const cell = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
	let asked = 0;
	form.addEventListener("change", async (event) => {
		if (!["starts_on", "duration_minutes"].includes(event.target.name) || !form.elements.starts_on.value) return;
		const now = ++asked;
		const answer = await fetch(box.dataset.clocks, {
			method: "POST",
			headers: { Accept: "application/json" },
			body: new FormData(form),
		}).catch(() => null);
		if (!answer?.ok || now !== asked) return; // the button still works
		const people = (await answer.json()).message;
		rows.replaceChildren(
			...people.map((person) => {
				const row = document.createElement("tr");
				const name = Object.assign(cell("th", person.name), { scope: "row", dir: "auto" });
				const mark = document.createElement("td");
				if (person.mark) mark.append(cell("strong", person.mark));
				row.append(name, cell("td", person.time), mark);
				return row;
			})
		);
	});
}

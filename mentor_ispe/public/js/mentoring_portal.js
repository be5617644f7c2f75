// Comfort only; every page works without it.

// A form is sent once, however often the button is pressed.
for (const form of document.querySelectorAll(".mentoring form")) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		if ("again" in form.dataset) return; // a download leaves the page as it is
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

// The clock of the device, where none was chosen yet.
for (const select of document.querySelectorAll("[data-time-zone] select")) {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	if (!select.value && [...select.options].some((option) => option.value === zone)) select.value = zone;
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

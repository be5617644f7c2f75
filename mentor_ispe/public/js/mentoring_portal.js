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

// Comfort only; every page works without it.

// A form is sent once, however often the button is pressed.
for (const form of document.querySelectorAll(".mentoring form")) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.sent) {
			event.preventDefault();
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

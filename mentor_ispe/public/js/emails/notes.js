// What one should know of a text before changing it: whose it is, who reads it, what is different from the original.

function note(words, tone = "") {
	const line = document.createElement("p");
	line.className = `email-note ${tone}`;
	line.textContent = words;
	return line;
}

function whose({ origin, modified, modified_by, template, language, read_instead }, program) {
	if (modified) {
		const day = frappe.datetime.str_to_user(modified.split(" ")[0]);
		return __("Last changed by {0} on {1}.", [modified_by, day]);
	}
	if (origin === "site" && program && !read_instead) {
		return __("This program uses the text for all programs. Change it here and save, and it gets its own.");
	}
	if (template) {
		return __("Your site has its own Email Template for this email: {0}. A text that you save here is used instead.", [template]);
	}
	return read_instead ? "" : __("This is the original. Change it and save, and emails use your text.");
}

// The original as it was, and as it is, in words.
function both(email) {
	const details = document.createElement("details");
	const summary = document.createElement("summary");
	summary.textContent = __("Compare the originals");
	details.append(summary);
	const labels = Object.fromEntries(email.fields.map(({ key, label }) => [key, label]));
	for (const [title, text] of [
		[__("Original before"), email.original_before],
		[__("Original now"), email.original],
	]) {
		const head = document.createElement("strong");
		head.textContent = title;
		details.append(head, ...["subject", "message"].map((part) => in_words(text[part] || "", labels)));
	}
	return details;
}

function in_words(html, labels) {
	const page = new DOMParser().parseFromString(html, "text/html");
	for (const span of page.querySelectorAll("span[data-field]")) {
		span.textContent = `[${labels[span.dataset.field] || span.dataset.field}]`;
	}
	const block = document.createElement("blockquote");
	block.className = "small";
	for (const line of page.body.querySelectorAll("p, li")) {
		const paragraph = document.createElement("p");
		paragraph.textContent = line.textContent;
		block.append(paragraph);
	}
	if (!block.children.length) block.textContent = page.body.textContent;
	return block;
}

export function notes(place, email, program) {
	const lines = [];
	if (email.unfit) {
		lines.push(note(__("This text no longer fits the email, so the original is sent. Replace the fields that are gone, then save."), "red"));
	}
	if (email.read_instead) {
		const language = (code) => email.languages.find((each) => each.code === code)?.label || code;
		const [missing, instead] = [email.language, email.read_instead].map(language);
		lines.push(
			note(
				__("There is no {0} text yet, so people who read {0} get your {1} one. Below is the original in {0}: change it and save.", [missing, instead]),
				"orange"
			)
		);
	}
	const words = whose(email, program);
	if (words) lines.push(note(words));
	if (email.changed_since) {
		lines.push(note(__("The original has changed since this text was written."), "orange"), both(email));
	}
	place.replaceChildren(...lines);
}

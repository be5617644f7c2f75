// All emails: their subject, who gets each and when, and what is changed.
import { ask } from "./server.js";

const make = (tag, classes = "", text = "") => {
	const element = document.createElement(tag);
	element.className = classes;
	element.textContent = text;
	return element;
};

export class EmailList {
	constructor(root, page) {
		this.root = root;
		this.page = page;
		this.root.innerHTML = "";
		const bar = make("div", "email-list-bar");
		this.search = make("input", "form-control");
		this.search.type = "search";
		this.search.placeholder = __("Search emails");
		this.search.setAttribute("aria-label", __("Search emails"));
		this.search.addEventListener("input", () => this.draw());
		const label = make("label", "email-list-changed");
		this.only_changed = make("input");
		this.only_changed.type = "checkbox";
		this.only_changed.addEventListener("change", () => this.draw());
		label.append(this.only_changed, make("span", "", __("Changed only")));
		bar.append(this.search, label);
		this.count = make("p", "text-muted small");
		this.count.setAttribute("role", "status");
		this.rows = make("div");
		this.root.append(bar, this.count, this.rows);
	}

	async show() {
		const { program } = this.page;
		const emails = await ask("wordings", { program }).catch(() => null); // Frappe has said why
		if (!emails || program !== this.page.program) return;
		this.emails = emails;
		this.draw();
	}

	draw() {
		if (!this.emails) return; // still on their way
		const wanted = this.search.value.trim().toLowerCase();
		const found = this.emails.filter(
			(email) =>
				(!this.only_changed.checked || email.changed.length) &&
				[email.about, email.subject, email.mail, email.to, email.when].join(" ").toLowerCase().includes(wanted)
		);
		this.count.textContent =
			found.length === 1 ? __("1 email") : __("{0} emails", [found.length]);
		const table = make("table", "table email-table");
		const head = table.createTHead().insertRow();
		for (const words of [__("Subject"), __("Sent to"), __("Sent when"), __("Text")]) {
			const cell = make("th", "", words);
			cell.scope = "col";
			head.append(cell);
		}
		const body = table.createTBody();
		let about = "";
		for (const email of found) {
			if (email.about !== about) {
				about = email.about;
				const heading = make("th", "email-about", about);
				heading.scope = "rowgroup";
				heading.colSpan = 4;
				body.insertRow().append(heading);
			}
			this.add_row(body, email);
		}
		this.rows.replaceChildren(table);
	}

	add_row(body, email) {
		const row = body.insertRow();
		const name = row.insertCell();
		const link = make("a", "email-title", email.subject);
		link.href = this.page.address(email.mail);
		name.append(link);
		for (const [words, label] of [
			[email.to, __("Sent to")],
			[email.when, __("Sent when")],
		]) {
			const cell = row.insertCell();
			cell.textContent = words;
			cell.dataset.label = label;
		}
		const state = row.insertCell();
		state.dataset.label = __("Text");
		if (email.unfit) state.append(make("span", "indicator-pill red", __("No longer fits")));
		else if (email.outdated) state.append(make("span", "indicator-pill orange", __("Original has changed")));
		else if (email.changed.length) state.append(make("span", "indicator-pill blue", __("Changed")));
		else state.append(make("span", "text-muted", __("Original")));
		if (email.changed.length) state.append(make("div", "text-muted small", email.changed.join(", ")));
	}
}

// The email as people get it: in the width of a computer or a phone, with values that one chooses.
import { try_out } from "./server.js";

const WAIT = 500; // milliseconds after the last key
const PHONE = "390px";

export class EmailPreview {
	// `draft` gives what is asked for: the email, and its text where it is being changed.
	constructor(root, draft) {
		this.draft = draft;
		this.asked = 0;
		root.innerHTML = "";
		root.classList.add("email-preview");
		const bar = document.createElement("div");
		bar.className = "email-preview-bar";
		this.values = this.choice(bar, __("Values"), [
			["sample", __("Sample values")],
			["least", __("Only what is always there")],
			["latest", __("Last email sent")],
		]);
		this.width = this.choice(bar, __("Width"), [
			["100%", __("Desktop")],
			[PHONE, __("Phone")],
		]);
		this.source = document.createElement("p");
		this.source.className = "text-muted small";
		this.problem = document.createElement("div");
		this.problem.className = "email-problem";
		this.problem.setAttribute("role", "alert");
		this.subject = document.createElement("h4");
		this.subject.className = "email-preview-subject";
		this.frame = document.createElement("iframe");
		// Without any permission: nothing in the mail can run, or reach the Desk around it.
		this.frame.setAttribute("sandbox", "");
		this.frame.title = __("Preview of the email");
		const plain = document.createElement("details");
		const summary = document.createElement("summary");
		summary.textContent = __("Plain text");
		this.text = document.createElement("pre");
		plain.append(summary, this.text);
		root.append(bar, this.problem, this.source, this.subject, this.frame, plain);
	}

	choice(bar, label, options) {
		const field = document.createElement("label");
		field.append(label);
		const select = document.createElement("select");
		select.className = "form-control input-xs";
		for (const [value, words] of options) select.add(new Option(words, value));
		select.addEventListener("change", () => this.draw());
		field.append(select);
		bar.append(field);
		return select;
	}

	draw_soon() {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.draw(), WAIT);
	}

	async draw() {
		this.frame.style.maxWidth = this.width.value;
		const number = ++this.asked;
		const values = this.values.value;
		const { answer, refused } = await try_out("preview", { ...this.draft(), values });
		if (number !== this.asked) return; // a later one is on its way
		this.problem.replaceChildren(...(refused || []).map((words) => this.paragraph(words)));
		if (!answer) return;
		const real = values === "latest";
		this.source.textContent = answer.notice
			? __("As sent to {0}.", [answer.recipient])
			: real
			? __("No email of this kind has been sent yet. The preview uses sample values.")
			: "";
		this.subject.textContent = answer.subject;
		this.frame.srcdoc = answer.html;
		this.text.textContent = answer.text;
	}

	// What the server says is markup, in which what people wrote is escaped.
	paragraph(words) {
		const line = document.createElement("p");
		line.textContent = new DOMParser().parseFromString(words, "text/html").body.textContent;
		return line;
	}
}

// One email: its words in one language, for a program or for all of them.
import { FieldsEditor } from "./fields.js";
import { EmailPreview } from "./preview.js";
import { notes } from "./notes.js";
import { ask, change } from "./server.js";

const element = (tag, classes = "", text = "") => {
	const made = document.createElement(tag);
	made.className = classes;
	made.textContent = text;
	return made;
};

export class WordsForm {
	constructor(root, page) {
		this.root = root;
		this.page = page;
		this.is_changed = false;
	}

	build() {
		if (this.subject) return;
		this.root.classList.add("email-form");
		const left = element("div", "email-edit");
		const right = element("div");
		this.facts = element("div", "email-facts text-muted");
		this.languages = element("div", "email-languages");
		this.languages.setAttribute("role", "group");
		this.languages.setAttribute("aria-label", __("Language"));
		this.notes = element("div", "email-notes");
		left.append(this.facts, this.languages, this.notes);
		this.subject = this.editor(left, __("Subject"), true);
		this.message = this.editor(left, __("Text"), false);
		left.append(
			element(
				"p",
				"text-muted small",
				__("A paragraph or list item is left out when a field in it is empty. Gray fields are parts of the original: the app decides when they are shown.")
			)
		);
		this.root.append(left, right);
		this.preview = new EmailPreview(right, () => this.draft());
	}

	// An editor with its label and its menu of fields.
	editor(parent, label, one_line) {
		const box = element("div", one_line ? "email-subject" : "email-message");
		const bar = element("div", "email-editor-bar");
		const menu = element("select", "form-control input-xs");
		menu.setAttribute("aria-label", one_line ? __("Insert field in the subject") : __("Insert field in the text"));
		bar.append(element("span", "control-label", label), menu);
		box.append(bar);
		parent.append(box);
		const editor = new FieldsEditor(box, { label, one_line, changed: () => this.changed() });
		menu.addEventListener("change", () => {
			const field = this.email.fields.find((each) => each.key === menu.value);
			menu.value = "";
			if (field) editor.insert(field);
		});
		editor.menu = menu;
		editor.one_line = one_line;
		return editor;
	}

	async open(mail, language) {
		this.build();
		if (this.is_changed) {
			// Back from elsewhere: what was typed is still there.
			if (this.shows(mail, language)) return this.draw_buttons();
			const before = this.email;
			if (!(await this.may_leave())) return this.page.go(before.mail, before.language);
		}
		const asked = (this.asked = { mail, language, program: this.page.program });
		const email = await ask("wording", asked).catch(() => null);
		if (asked !== this.asked) return;
		if (!email) return frappe.set_route("mentoring-emails");
		this.draw(email);
	}

	shows(mail, language) {
		const { email, asked } = this;
		return email?.mail === mail && email.language === language && asked.program === this.page.program;
	}

	draw(email) {
		this.email = email;
		this.is_changed = false;
		this.draw_facts();
		this.draw_languages();
		notes(this.notes, email, this.page.program);
		const labels = Object.fromEntries(email.fields.map(({ key, label }) => [key, label]));
		for (const [editor, html] of [
			[this.subject, email.subject],
			[this.message, email.message],
		]) {
			editor.set(html, labels, email.fields);
			this.fill_menu(editor);
		}
		this.draw_buttons();
		this.preview.draw();
	}

	draw_facts() {
		const { to, when, button } = this.email;
		const back = element("a", "btn btn-default btn-xs email-back", __("All emails"));
		back.href = "/app/mentoring-emails";
		const lines = [
			[__("Sent to"), to],
			[__("Sent when"), when],
			[__("Button, always below the text"), button],
		].filter(([, words]) => words);
		this.facts.replaceChildren(
			back,
			...lines.map(([label, words]) => {
				const line = element("div");
				line.append(element("strong", "", `${label}: `), words);
				return line;
			})
		);
	}

	draw_languages() {
		this.languages.replaceChildren(
			...this.email.languages.map(({ code, label, written }) => {
				const link = element("a", "btn btn-xs", written ? label : __("{0} (not changed)", [label]));
				link.href = this.page.address(this.email.mail, code);
				const here = code === this.email.language;
				link.classList.add(here ? "btn-primary" : "btn-default");
				if (here) link.setAttribute("aria-current", "true");
				return link;
			})
		);
	}

	fill_menu(editor) {
		const fitting = this.email.fields.filter((field) => (editor.one_line ? field.in_subject : field.in_message));
		editor.menu.replaceChildren(new Option(__("Insert field …"), ""));
		for (const [label, are_fields] of [
			[__("Fields"), true],
			[__("Parts of the original"), false],
		]) {
			const group = element("optgroup");
			group.label = label;
			for (const field of fitting.filter((each) => each.is_field === are_fields)) {
				const words = are_fields && field.may_be_empty ? __("{0} (may be empty)", [field.label]) : field.label;
				group.append(new Option(words, field.key));
			}
			if (group.children.length) editor.menu.append(group);
		}
	}

	draw_buttons() {
		const { page } = this.page;
		page.clear_actions();
		page.set_primary_action(__("Save"), () => this.save());
		page.btn_primary.prop("disabled", !this.is_changed);
		page.set_secondary_action(__("Send me a test"), () => this.send_test());
		page.clear_menu();
		if (this.email.modified) {
			page.add_menu_item(__("Back to the original"), () => this.reset());
			page.add_menu_item(__("Show history"), () => frappe.set_route("Form", "Mentoring Email Wording", this.email.name));
		}
	}

	changed() {
		this.is_changed = true;
		this.page.page.btn_primary.prop("disabled", false);
		this.preview.draw_soon();
	}

	// What is asked of the server: the text goes along only where it is not the one that is sent already.
	draft() {
		const { mail, language } = this.email;
		const asked = { mail, language, program: this.page.program };
		if (!this.is_changed) return asked;
		return { ...asked, ...this.texts() };
	}

	texts() {
		return { subject: this.subject.get(), message: this.message.get() };
	}

	async save() {
		const { mail, language, modified } = this.email;
		const email = await change("save_wording", { mail, language, program: this.page.program, modified, ...this.texts() });
		if (!email) return;
		this.draw(email);
		frappe.show_alert({ message: __("Saved. New emails use this text."), indicator: "green" });
	}

	async send_test() {
		const sent = await change("send_test", this.draft());
		if (sent) frappe.show_alert({ message: __("A test is on its way to {0}.", [sent.sent_to]), indicator: "green" });
	}

	reset() {
		const { mail, language, modified } = this.email;
		frappe.confirm(__("Delete this text and use the original again?"), async () => {
			const email = await change("reset_wording", { mail, language, program: this.page.program, modified });
			if (email) this.draw(email);
		});
	}

	// Asks before what was typed is lost.
	may_leave() {
		if (!this.is_changed) return Promise.resolve(true);
		return new Promise((answer) =>
			frappe.confirm(
				__("Discard the text you haven't saved?"),
				() => {
					this.is_changed = false;
					answer(true);
				},
				() => answer(false)
			)
		);
	}
}

// The page of the emails: the list, and one email with its words.
import { EmailList } from "./list.js";
import { WordsForm } from "./form.js";

const ROUTE = "mentoring-emails";
const PREFIX = "Mentoring: ";

export class EmailsPage {
	constructor(page) {
		this.page = page;
		this.program = "";
		page.add_field({
			fieldname: "program",
			fieldtype: "Link",
			options: "Mentoring Program",
			label: __("All programs"),
			change: () => this.choose_program(page.fields_dict.program.get_value() || ""),
		});
		const main = page.main[0] || page.main;
		this.list_place = document.createElement("div");
		this.form_place = document.createElement("div");
		main.append(this.list_place, this.form_place);
		main.classList.add("mentoring-emails");
		this.list = new EmailList(this.list_place, this);
		this.form = new WordsForm(this.form_place, this);
		window.addEventListener("beforeunload", (event) => this.form.is_changed && event.preventDefault());
	}

	// An email's place, without what all their names begin with.
	route(mail, language) {
		return [ROUTE, mail.replace(PREFIX, ""), language].filter(Boolean);
	}

	address(mail, language) {
		return `/app/${this.route(mail, language).map(encodeURIComponent).join("/")}`;
	}

	go(mail, language) {
		frappe.set_route(this.route(mail, language));
	}

	show([, name, language]) {
		const one = Boolean(name);
		this.list_place.hidden = one;
		this.form_place.hidden = !one;
		if (one) this.form.open(PREFIX + name, language || "en");
		else {
			this.page.clear_actions();
			this.page.clear_menu();
			this.list.show();
		}
	}

	async choose_program(program) {
		if (program === this.program) return;
		if (this.form.is_changed && !(await this.form.may_leave())) {
			this.page.fields_dict.program.set_value(this.program);
			return;
		}
		this.program = program;
		this.show(frappe.get_route());
	}
}

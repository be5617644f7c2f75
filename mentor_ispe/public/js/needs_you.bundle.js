// The list "To do" on the workspace: a Custom HTML Block, whose script calls this with its shadow root.
import "./mentoring_desk.js";
import "./before_click.js";
import "./bulk.js";
import "./passing_filters.js";
import "./write_email.js";

// What was chosen stays chosen while this tab is open.
const CHOSEN = { program: "mentoring-needs-program", whose: "mentoring-needs-whose" };

const day = (value) => frappe.datetime.str_to_user(value);

// A link that opens its list without loading the Desk anew; the address works in another tab as well.
function link(text, classes, { doctype, path, filters }) {
	const anchor = document.createElement("a");
	anchor.className = classes;
	anchor.href = path;
	anchor.textContent = text;
	anchor.addEventListener("click", (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		frappe.route_options = Object.fromEntries(
			filters.map(([, field, operator, value]) => [
				field,
				[operator, Array.isArray(value) && operator.endsWith("in") ? value.join(",") : value],
			])
		);
		frappe.set_route("List", doctype, "List");
	});
	return anchor;
}

function waiting_since(need) {
	if (!need.oldest) return "";
	const days = frappe.datetime.get_day_diff(frappe.datetime.get_today(), need.oldest);
	if (days < 0) return __("first on {0}", [day(need.oldest)]);
	if (days === 0) return __("since today");
	return days === 1
		? __("since {0}, for a day", [day(need.oldest)])
		: __("since {0}, for {1} days", [day(need.oldest), days]);
}

function button(text, classes, press) {
	const made = document.createElement("button");
	made.type = "button";
	made.className = classes;
	made.textContent = text;
	made.addEventListener("click", press);
	return made;
}

// The step that all of a line's records can get: the dialog says whom it mails, then it is done.
async function act_on_all({ doctype, filters, action, action_label }, again) {
	const rows = await frappe.db.get_list(doctype, { filters, fields: ["name"], limit: 0 });
	const names = rows.map(({ name }) => name);
	const step = (args) => ({ method: "bulk.do", args: { action, doctype, names, args } });
	const title = __("{0} ({1})", [action_label, names.length]);
	mentor_ispe.ask_before({ title, action: action_label, step }, () =>
		mentor_ispe.bulk.run(action_label, action, doctype, names, {}).then(again)
	);
}

function row(need, again) {
	const item = document.createElement("li");
	item.className = "need";
	item.dataset.code = need.code;
	const main = link("", "need-main", need);
	for (const [text, name] of [
		[need.count, "need-count"],
		[need.label, "need-label"],
		[waiting_since(need), "need-since"],
	]) {
		const part = document.createElement("span");
		part.className = name;
		part.textContent = text;
		main.append(part);
	}
	item.append(main);
	if (need.late) {
		const late = { ...need, path: need.late_path, filters: need.late_filters };
		item.append(link(`${need.late} ${need.late_label}`, "need-late indicator-pill red no-indicator-dot", late));
	}
	if (need.action) {
		const press = button(need.action_label, "need-act btn btn-xs btn-default", () => act_on_all(need, again));
		press.setAttribute("aria-label", `${need.action_label}: ${need.label}`);
		item.append(press);
	}
	if (mentor_ispe.mailings.LISTS.includes(need.doctype) && mentor_ispe.is_coordinator()) {
		const { doctype, filters } = need;
		const write = () => mentor_ispe.mailings.write({ doctype, filters });
		const press = button(__("Write email"), "need-write btn btn-xs btn-default", write);
		press.setAttribute("aria-label", `${__("Write email")}: ${need.label}`);
		item.append(press);
	}
	return item;
}

// What was put off, with the day and the person, and a way back; whoever asks for it.
function snoozed_list(snoozed, again) {
	const details = document.createElement("details");
	details.className = "need-snoozed";
	const summary = document.createElement("summary");
	summary.textContent = __("{0} snoozed", [snoozed.length]);
	const list = document.createElement("ul");
	for (const { doctype, name, title, until, by } of snoozed) {
		const item = document.createElement("li");
		const record = document.createElement("a");
		record.href = frappe.utils.get_form_link(doctype, name);
		record.textContent = title;
		const words = document.createElement("span");
		words.className = "need-since";
		words.textContent = __("until {0}, by {1}", [day(until), by]);
		const wake = button(__("Bring back"), "btn btn-xs btn-default", () =>
			mentor_ispe.call("bulk.do", { action: "wake", doctype, names: [name] }).then(again)
		);
		wake.setAttribute("aria-label", `${__("Bring back")}: ${title}`);
		item.append(record, words, wake);
		list.append(item);
	}
	details.append(summary, list);
	return details;
}

function progress_of(done, needs) {
	const total = done + needs.reduce((sum, { count }) => sum + count, 0);
	const words = document.createElement("span");
	words.className = "need-progress";
	if (done) words.textContent = __("{0} of {1} done today", [done, total]);
	return words;
}

function choice(what, options, chosen, changed) {
	const select = document.createElement("select");
	select.className = `form-control input-xs need-${what}`;
	select.setAttribute("aria-label", what === "program" ? __("Program") : __("Assignment"));
	for (const [value, label] of options) select.append(new Option(label, value, false, value === chosen));
	select.addEventListener("change", () => {
		sessionStorage.setItem(CHOSEN[what], select.value);
		changed();
	});
	return select;
}

async function show(wrapper) {
	const [program, whose] = ["program", "whose"].map((what) => sessionStorage.getItem(CHOSEN[what]) || "");
	const found = await frappe.xcall("mentor_ispe.api.desk.needs_you", { program, whose });
	const { needs, programs, done, snoozed } = found;
	if (program && !programs.includes(program)) {
		sessionStorage.removeItem(CHOSEN.program);
		return show(wrapper);
	}
	const again = () => show(wrapper);
	const head = document.createElement("div");
	head.className = "need-head";
	const title = document.createElement("h4");
	title.textContent = __("To do");
	head.append(title, progress_of(done, needs));
	const people = [
		["", __("Assigned to anyone")],
		["mine", __("Assigned to me")],
		["nobodys", __("Assigned to no one")],
	];
	head.append(choice("whose", people, whose, again));
	const all = [["", __("All programs")], ...programs.map((name) => [name, name])];
	if (programs.length > 1) head.append(choice("program", all, program, again));
	const list = document.createElement("ul");
	list.append(...needs.map((need) => row(need, again)));
	if (!needs.length) {
		const nothing = document.createElement("li");
		nothing.className = "need-nothing";
		nothing.textContent = __("You're all caught up.");
		list.append(nothing);
	}
	wrapper.replaceChildren(head, list, ...(snoozed.length ? [snoozed_list(snoozed, again)] : []));
}

frappe.provide("mentor_ispe");
mentor_ispe.show_needs = (root) => show(root.querySelector(".needs-you"));

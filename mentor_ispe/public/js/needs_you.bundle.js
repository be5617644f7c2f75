// The list "To do" on the workspace: a Custom HTML Block, whose script calls this with its shadow root.

// The program that was chosen stays chosen while this tab is open.
const CHOSEN = "mentoring-needs-program";

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
				[operator, operator === "in" ? value.join(",") : value],
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

function row(need) {
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
	return item;
}

function choice(wrapper, programs, chosen) {
	const select = document.createElement("select");
	select.className = "form-control input-xs need-program";
	select.setAttribute("aria-label", __("Program"));
	for (const [value, label] of [["", __("All programs")], ...programs.map((name) => [name, name])]) {
		select.append(new Option(label, value, false, value === chosen));
	}
	select.addEventListener("change", () => {
		sessionStorage.setItem(CHOSEN, select.value);
		show(wrapper, select.value);
	});
	return select;
}

async function show(wrapper, program) {
	const { needs, programs } = await frappe.xcall("mentor_ispe.api.desk.needs_you", { program });
	if (program && !programs.includes(program)) {
		sessionStorage.removeItem(CHOSEN);
		return show(wrapper, "");
	}
	const head = document.createElement("div");
	head.className = "need-head";
	const title = document.createElement("h4");
	title.textContent = __("To do");
	head.append(title);
	if (programs.length > 1) head.append(choice(wrapper, programs, program));
	const list = document.createElement("ul");
	list.append(...needs.map(row));
	if (!needs.length) {
		const nothing = document.createElement("li");
		nothing.className = "need-nothing";
		nothing.textContent = __("You're all caught up.");
		list.append(nothing);
	}
	wrapper.replaceChildren(head, list);
}

frappe.provide("mentor_ispe");
mentor_ispe.show_needs = (root) => show(root.querySelector(".needs-you"), sessionStorage.getItem(CHOSEN) || "");

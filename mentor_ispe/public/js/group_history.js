// What happened in a group: dots on one line of time, and the same in words below it.
frappe.provide("mentor_ispe.group_history");

// Colors say the sort of thing once more; the words say it anyway.
mentor_ispe.group_history.COLORS = {
	proposed: "gray",
	answer: "blue",
	declined: "red",
	start: "green",
	charter: "purple",
	meeting: "green",
	speaker: "purple",
	feedback: "cyan",
	alarm: "red",
	joined: "blue",
	left: "orange",
	extension: "blue",
	end: "gray",
};
mentor_ispe.group_history.SHOWN = 6;

frappe.ui.form.on("Mentoring Group", {
	async refresh(frm) {
		const { $wrapper } = frm.get_field("history_html");
		const asked = frm.docname;
		frm.toggle_display("history_section", !frm.is_new());
		if (frm.is_new()) return;
		const { message: events } = await frappe.call("mentor_ispe.api.desk.group_history", { group: asked });
		if (frm.docname !== asked) return;
		if (events.length) $wrapper.empty().append(mentor_ispe.group_history.draw(events));
		else $wrapper.html(`<p class="text-muted">${__("No activity yet.")}</p>`);
	},
});

mentor_ispe.group_history.draw = (events) => {
	const { line, words } = mentor_ispe.group_history;
	return $(`<div class="group-history">
		<style>
			.group-history .line { position: relative; height: 34px; margin: 4px 8px 0; }
			.group-history .line::before { content: ""; position: absolute; left: 0; right: 0; top: 16px; height: 2px; background: var(--border-color); }
			.group-history .dot { position: absolute; top: 11px; width: 12px; height: 12px; margin-left: -6px; border-radius: 50%; border: 2px solid var(--fg-color); background: var(--dot); }
			.group-history .dot.planned { background: var(--fg-color); border-color: var(--dot); }
			.group-history .today { position: absolute; top: 2px; bottom: 2px; width: 0; border-left: 1px dashed var(--text-muted); }
			.group-history .ends { display: flex; justify-content: space-between; }
			.group-history ol { list-style: none; margin: 8px 0 0; padding: 0; columns: 300px auto; column-gap: 24px; }
			.group-history li { break-inside: avoid; padding: 2px 0; display: flex; gap: 8px; }
			.group-history li time { flex: 0 0 88px; color: var(--text-muted); }
			.group-history li .mark { flex: 0 0 8px; height: 8px; margin-top: 7px; border-radius: 50%; background: var(--dot); }
		</style>
	</div>`)
		.append(line(events))
		.append(words(events));
};

mentor_ispe.group_history.color = ({ kind }) =>
	`--dot: var(--${mentor_ispe.group_history.COLORS[kind] || "gray"}-500, var(--gray-500))`;

mentor_ispe.group_history.line = (events) => {
	const at = (day) => frappe.datetime.str_to_obj(day).getTime();
	const [first, last] = [at(events[0].on), at(events[events.length - 1].on)];
	const place = (time) => (last > first ? (100 * (time - first)) / (last - first) : 0);
	const escape = frappe.utils.escape_html;
	const dots = events.map((event) => {
		const label = escape(`${frappe.datetime.str_to_user(event.on)}: ${event.words}`);
		const style = `left: ${place(at(event.on))}%; ${mentor_ispe.group_history.color(event)}`;
		return `<span class="dot ${event.planned ? "planned" : ""}" style="${style}" title="${label}"></span>`;
	});
	const now = place(at(frappe.datetime.get_today()));
	const today = now > 0 && now < 100 ? `<span class="today" style="left: ${now}%" title="${__("Today")}"></span>` : "";
	return `<div class="line" aria-hidden="true">${today}${dots.join("")}</div>
		<div class="ends small text-muted" aria-hidden="true">
			<span>${frappe.datetime.str_to_user(events[0].on)}</span>
			<span>${frappe.datetime.str_to_user(events[events.length - 1].on)}</span>
		</div>`;
};

mentor_ispe.group_history.words = (events) => {
	const item = (event) => {
		const words = frappe.utils.escape_html(event.words);
		const text = event.record ? frappe.utils.get_form_link(...event.record, true, words) : words;
		return `<li><time>${frappe.datetime.str_to_user(event.on)}</time>
			<span class="mark" style="${mentor_ispe.group_history.color(event)}"></span><span>${text}</span></li>`;
	};
	const newest = events.slice(-mentor_ispe.group_history.SHOWN);
	const $list = $(`<ol>${newest.map(item).join("")}</ol>`);
	if (newest.length === events.length) return $list;
	const $all = $(`<button class="btn btn-xs btn-default mt-2"></button>`)
		.text(__("Show all {0}", [events.length]))
		.on("click", () => {
			$list.html(events.map(item).join(""));
			$all.remove();
		});
	return $("<div></div>").append($list, $all);
};

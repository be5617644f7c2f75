// What somebody did over the years and what was sent to them: one line of time, newest first.
frappe.provide("mentor_ispe.person_history");

mentor_ispe.person_history.COLORS = {
	application: "blue",
	group: "green",
	workshop: "purple",
	agreement: "gray",
	goal: "cyan",
	meeting: "green",
	feedback: "cyan",
	concern: "red",
	mail: "gray",
};

frappe.ui.form.on("Mentoring Profile", {
	async refresh(frm) {
		const asked = frm.docname;
		frm.toggle_display("history_tab", !frm.is_new());
		if (frm.is_new()) return;
		const { message } = await frappe.call("mentor_ispe.api.desk.person_history", { profile: asked });
		if (frm.docname !== asked) return;
		frm.get_field("history_html").$wrapper.empty().append(mentor_ispe.person_history.draw(message));
	},
});

mentor_ispe.person_history.draw = ({ years, cut }) => {
	if (!years.length) return `<p class="text-muted">${__("No activity yet.")}</p>`;
	const more = cut ? `<p class="text-muted">${__("Older entries aren't shown.")}</p>` : "";
	return `<div class="person-history">
		<style>
			.person-history h4 { margin: 16px 0 4px; font-size: var(--text-md); }
			.person-history ol { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--border-color); }
			.person-history li { display: flex; gap: 8px; padding: 3px 0 3px 12px; overflow-wrap: anywhere; }
			.person-history time { flex: 0 0 88px; color: var(--text-muted); }
			.person-history .mark { flex: 0 0 8px; height: 8px; margin-top: 6px; border-radius: 50%; background: var(--dot); }
		</style>
		${years.map(mentor_ispe.person_history.year).join("")}${more}
	</div>`;
};

mentor_ispe.person_history.year = ({ year, meetings, hours, entries }) => {
	const met = meetings ? ` <span class="text-muted">${__("{0} meetings, {1} hours", [meetings, hours])}</span>` : "";
	return `<h4>${year}${met}</h4><ol>${entries.map(mentor_ispe.person_history.entry).join("")}</ol>`;
};

mentor_ispe.person_history.entry = ({ on, kind, words, record }) => {
	const shown = frappe.utils.escape_html(words);
	const text = record ? frappe.utils.get_form_link(...record, true, shown) : shown;
	const color = mentor_ispe.person_history.COLORS[kind] || "gray";
	return `<li><time datetime="${on}">${frappe.datetime.str_to_user(on)}</time>
		<span class="mark" style="--dot: var(--${color}-500, var(--gray-500))" aria-hidden="true"></span>
		<span dir="auto">${text}</span></li>`;
};

frappe.ui.form.on("Mentoring Session", {
	setup(frm) {
		frm.set_query("mentoring_group", () => ({ filters: { status: "Active" } }));
	},

	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("status", "read_only", 1);
		show_attendance(frm);
		show_clocks(frm);
		show_notes_entry(frm);
		if (frm.is_new()) {
			if (frm.doc.mentoring_group && !frm.doc.starts_on) propose_next(frm);
			return;
		}
		if (frm.perm[0] && frm.perm[0].write) add_buttons(frm);
	},

	mentoring_group(frm) {
		if (frm.is_new() && frm.doc.mentoring_group && !frm.doc.starts_on) propose_next(frm);
		show_clocks(frm);
	},

	starts_on: (frm) => show_clocks(frm),
});

const ask = (method, args) =>
	frappe.call({ method: `mentor_ispe.api.desk.${method}`, args }).then((response) => response.message);

const has_passed = (frm) => frm.doc.starts_on && frm.doc.starts_on <= frappe.datetime.now_datetime();

// The next date in the group's rhythm, and the place of the last meeting.
async function propose_next(frm) {
	if (frm.proposing) return;
	frm.proposing = true;
	const proposal = await ask("proposed_session", { group: frm.doc.mentoring_group });
	frm.proposing = false;
	if (!proposal.starts_on) {
		frappe.show_alert({ message: __("No further meeting fits before the cycle ends."), indicator: "orange" });
		return;
	}
	await frm.set_value(proposal);
	frappe.show_alert({ message: __("Proposed by the group's rhythm"), indicator: "blue" });
}

function show_attendance(frm) {
	const recorded = frm.doc.status === "Held";
	const grid = frm.fields_dict.attendance.grid;
	grid.update_docfield_property("attended", "hidden", recorded ? 0 : 1);
	grid.update_docfield_property("minutes", "hidden", recorded ? 0 : 1);
	grid.update_docfield_property("attended", "in_list_view", recorded ? 1 : 0);
	grid.update_docfield_property("minutes", "in_list_view", recorded ? 1 : 0);
	frm.set_df_property("attendance", "cannot_add_rows", frm.doc.status === "Planned");
	frm.set_df_property(
		"attendance",
		"description",
		frm.doc.status === "Planned"
			? __("Everyone in the group who has signed and done what the program asks for is invited by itself.")
			: ""
	);
	grid.reset_grid();
}

async function show_clocks(frm) {
	const field = frm.fields_dict.local_times;
	const { mentoring_group: group, starts_on } = frm.doc;
	if (!group || !starts_on || frm.doc.status !== "Planned") {
		field.html("");
		return;
	}
	const { clocks, missing } = await ask("session_clocks", { group, starts_on });
	if (frm.doc.starts_on !== starts_on) return; // typed on meanwhile
	const esc = frappe.utils.escape_html;
	const rows = clocks.map((clock) => {
		const shift = { "-1": __("the day before"), 1: __("the day after") }[clock.day_shift] || "";
		const zone = clock.assumed ? __("{0}, assumed", [clock.zone]) : clock.zone;
		const lacks = (missing[clock.profile] || [])
			.map((words) => `<tr><td colspan="2" style="border-top: 0; color: var(--orange-600)">${esc(words)}</td></tr>`)
			.join("");
		const at = moment(clock.starts_on).format(`ddd ${frappe.datetime.get_user_date_fmt().toUpperCase()}, HH:mm`);
		return `<tr><td>${esc(clock.full_name)}</td>
			<td><b>${at}</b> ${shift}<div class="text-muted small">${esc(zone)}</div></td></tr>${lacks}`;
	});
	field.html(
		`<label class="control-label">${__("On everyone's clock")}</label>
		<table class="table" style="margin: 0 0 15px"><tbody>${rows.join("")}</tbody></table>`
	);
}

function add_buttons(frm) {
	if (frm.doc.status === "Planned") {
		const record = frm.add_custom_button(__("Record as held"), () => record_held(frm));
		if (has_passed(frm)) record.addClass("btn-primary");
		frm.add_custom_button(__("Cancel the meeting"), () =>
			mentor_ispe.ask_for_words(
				{
					title: __("Cancel the meeting"),
					label: __("Why"),
					description: __("Everyone invited reads it."),
					required: true,
					action: __("Cancel the meeting"),
				},
				(reason) => step(frm, { status: "Cancelled", cancel_reason: reason })
			)
		);
	}
	if (frm.doc.status === "Held") {
		frm.add_custom_button(__("Plan the next meeting"), () =>
			frappe.new_doc("Mentoring Session", { mentoring_group: frm.doc.mentoring_group })
		);
	}
	if (frm.doc.status === "Planned" && has_passed(frm)) {
		frm.set_intro(__("This meeting has passed: record who was there, move it or cancel it."), "orange");
	}
}

function record_held(frm) {
	if (!has_passed(frm)) {
		frappe.msgprint(__("This meeting is still to come; record it when it has taken place."));
		return;
	}
	frm.set_value("status", "Held");
	(frm.doc.attendance || []).forEach((row) => {
		const came = row.answer === "No" ? 0 : 1;
		frappe.model.set_value(row.doctype, row.name, { attended: came, minutes: came ? frm.doc.duration_minutes : 0 });
	});
	show_attendance(frm);
	show_clocks(frm);
	frm.set_intro(__("Say who was there and for how long, then save."), "blue");
	frm.scroll_to_field("attendance");
}

async function step(frm, values) {
	await frm.set_value(values);
	await frm.save();
}

function show_notes_entry(frm) {
	const field = frm.fields_dict.notes;
	frm.toggle_display("notes_section", !frm.is_new());
	if (frm.is_new()) return;
	field.html(
		`<p class="text-muted">${__(
			"What was said belongs to the group. You see that the meeting took place; opening its notes needs a reason, which the group reads."
		)}</p>`
	);
	if (!mentor_ispe.is_coordinator()) return;
	$(`<button class="btn btn-default btn-sm">${__("Open the notes…")}</button>`)
		.appendTo(field.$wrapper)
		.on("click", () =>
			mentor_ispe.ask_for_words(
				{
					title: __("Open the notes"),
					label: __("Why you open them"),
					description: __("Everyone in the group is told by mail that you opened them, with your reason."),
					required: true,
					action: __("Open"),
				},
				async (reason) => show_notes(await mentor_ispe.call("open_notes", { session: frm.docname, reason }))
			)
		);
}

// Shown in a dialog and nowhere kept: not in the form, which others print and export.
function show_notes(opened) {
	const esc = (words) => frappe.utils.escape_html(words || "").replaceAll("\n", "<br>");
	const items = [...opened.carried_items, ...opened.action_items].map(
		(item) => `<li>${esc(item.words)} <span class="text-muted">${esc(item.assigned_name)} · ${__(item.status)}</span></li>`
	);
	const part = (label, words) => (words ? `<h5>${label}</h5><p>${words}</p>` : "");
	const dialog = new frappe.ui.Dialog({ title: __("Notes of the meeting"), size: "large" });
	dialog.$body.html(
		part(__("Summary"), esc(opened.summary)) +
			part(__("What the next meeting is about"), esc(opened.next_focus)) +
			part(__("Action items"), items.length ? `<ul>${items.join("")}</ul>` : "") ||
			`<p>${__("Nothing is written down of this meeting.")}</p>`
	);
	dialog.show();
}

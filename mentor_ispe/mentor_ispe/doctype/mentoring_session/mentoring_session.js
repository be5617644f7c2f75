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
		frappe.show_alert({ message: __("No more meetings fit before the cycle ends."), indicator: "orange" });
		return;
	}
	await frm.set_value(proposal);
	frappe.show_alert({ message: __("Suggested based on the group's schedule"), indicator: "blue" });
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
			? __("Everyone in the group who has signed the agreements and completed the training is invited automatically.")
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
		`<label class="control-label">${__("Local times")}</label>
		<table class="table" style="margin: 0 0 15px"><tbody>${rows.join("")}</tbody></table>`
	);
}

function add_buttons(frm) {
	if (frm.doc.status === "Planned") {
		const record = frm.add_custom_button(__("Record meeting"), () => record_held(frm));
		if (has_passed(frm)) record.addClass("btn-primary");
		frm.add_custom_button(__("Cancel meeting"), () =>
			mentor_ispe.ask_for_words(
				{
					title: __("Cancel meeting"),
					label: __("Why"),
					description: __("Sent to everyone invited."),
					required: true,
					action: __("Cancel meeting"),
				},
				(reason) => step(frm, { status: "Cancelled", cancel_reason: reason })
			)
		);
	}
	if (frm.doc.status === "Held") {
		frm.add_custom_button(__("Schedule next meeting"), () =>
			frappe.new_doc("Mentoring Session", { mentoring_group: frm.doc.mentoring_group })
		);
	}
	if (frm.doc.status === "Planned" && has_passed(frm)) {
		frm.set_intro(__("This meeting is over. Record who attended, or move or cancel it."), "orange");
	}
}

function record_held(frm) {
	if (!has_passed(frm)) {
		frappe.msgprint(__("This meeting hasn't taken place yet. Record it afterwards."));
		return;
	}
	frm.set_value("status", "Held");
	(frm.doc.attendance || []).forEach((row) => {
		const came = row.answer === "No" ? 0 : 1;
		frappe.model.set_value(row.doctype, row.name, { attended: came, minutes: came ? frm.doc.duration_minutes : 0 });
	});
	show_attendance(frm);
	show_clocks(frm);
	frm.set_intro(__("Enter who attended and for how long, then save."), "blue");
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
			"Notes are private to the group. You can open them only with a reason, which the group can see."
		)}</p>`
	);
	if (!mentor_ispe.is_coordinator()) return;
	$(`<button class="btn btn-default btn-sm">${__("Open notes…")}</button>`)
		.appendTo(field.$wrapper)
		.on("click", () =>
			mentor_ispe.ask_for_words(
				{
					title: __("Open notes"),
					label: __("Reason for opening the notes"),
					description: __("Everyone in the group gets an email saying that you opened the notes, with your reason."),
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
	const dialog = new frappe.ui.Dialog({ title: __("Meeting notes"), size: "large" });
	dialog.$body.html(
		part(__("Summary"), esc(opened.summary)) +
			part(__("Focus of the next meeting"), esc(opened.next_focus)) +
			part(__("Action items"), items.length ? `<ul>${items.join("")}</ul>` : "") ||
			`<p>${__("This meeting has no notes.")}</p>`
	);
	dialog.show();
}

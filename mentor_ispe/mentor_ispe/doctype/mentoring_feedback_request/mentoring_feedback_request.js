frappe.ui.form.on("Mentoring Feedback Request", {
	refresh(frm) {
		frm.set_df_property("status", "read_only", 1);
		frm.set_intro("");
		if (frm.doc.status === "Open" && frm.doc.due_on < frappe.datetime.get_today()) {
			frm.set_intro(
				__("Overdue since {0}. Reminders sent: {1}.", [
					frappe.datetime.str_to_user(frm.doc.due_on),
					cint(frm.doc.reminders),
				]),
				"orange"
			);
		}
		if (!mentor_ispe.is_coordinator() || !["Open", "Missed"].includes(frm.doc.status)) return;
		frm.add_custom_button(__("Waive"), () =>
			mentor_ispe.act(frm, "waive_feedback", { request: frm.docname }, __("Waived"))
		);
	},
});

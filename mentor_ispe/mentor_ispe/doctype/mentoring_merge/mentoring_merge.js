frappe.ui.form.on("Mentoring Merge", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.status === "Waiting for Confirmation")
			frm.set_intro(__("A link was sent to both addresses. The profiles are merged once both are confirmed."), "blue");
		const open = frm.doc.undo_until && frappe.datetime.str_to_obj(frm.doc.undo_until) > new Date();
		if (!mentor_ispe.is_coordinator() || frm.doc.status !== "Merged" || !open) return;
		frm.add_custom_button(__("Undo merge"), () =>
			frappe.confirm(
				__("Split this into two profiles again? Records added since the merge stay with {0}, except in groups that move back.", [
					frappe.utils.escape_html(frm.doc.full_name),
				]),
				() => mentor_ispe.act(frm, "people.undo_merge", { merge: frm.docname }, __("Merge undone"))
			)
		);
	},
});

frappe.ui.form.on("Mentoring Merge", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.status === "Waiting for Confirmation")
			frm.set_intro(__("Both addresses got a link. The profiles are merged when both have confirmed."), "blue");
		const open = frm.doc.undo_until && frappe.datetime.str_to_obj(frm.doc.undo_until) > new Date();
		if (!mentor_ispe.is_coordinator() || frm.doc.status !== "Merged" || !open) return;
		frm.add_custom_button(__("Undo merge"), () =>
			frappe.confirm(
				__("Make two profiles of it again? What was added since the merge stays with {0}, except in the groups that go back.", [
					frappe.utils.escape_html(frm.doc.full_name),
				]),
				() => mentor_ispe.act(frm, "people.undo_merge", { merge: frm.docname }, __("The merge is undone"))
			)
		);
	},
});

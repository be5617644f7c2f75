frappe.ui.form.on("Mentoring Feedback", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		if (frm.doc.kind === "Success Story") {
			frm.set_intro(
				frm.doc.may_publish
					? __("The writer agreed that this story is published, with their name.")
					: __("Only for the group and the coordinators: the writer didn't agree to publish it."),
				frm.doc.may_publish ? "green" : "orange"
			);
		} else if (frm.doc.mentoring_group) {
			frm.set_intro(
				__("The group reads the rating and the words. What is for the coordinators only is under Connections."),
				"blue"
			);
		}
	},
});

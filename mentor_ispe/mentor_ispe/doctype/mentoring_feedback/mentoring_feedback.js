frappe.ui.form.on("Mentoring Feedback", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		if (frm.doc.kind === "Success Story") {
			frm.set_intro(
				frm.doc.may_publish
					? __("The author agreed to publish this story with their name.")
					: __("The author didn't agree to publish this story. Only the group and coordinators can read it."),
				frm.doc.may_publish ? "green" : "orange"
			);
		} else if (frm.doc.mentoring_group) {
			frm.set_intro(
				__("The group can read this rating and comment. Answers for coordinators only are under Connections."),
				"blue"
			);
		}
	},
});

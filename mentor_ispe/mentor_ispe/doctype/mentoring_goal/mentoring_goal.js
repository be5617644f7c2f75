frappe.ui.form.on("Mentoring Goal", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		const done = (frm.doc.steps || []).filter((row) => row.done).length;
		if (frm.doc.carried_to) {
			frm.set_intro(__("This goal continues in the next group."), "blue");
		} else if (frm.doc.status !== "Open") {
			frm.set_intro(
				__("Reviewed on {0}: {1}.", [frappe.datetime.str_to_user(frm.doc.reviewed_on), __(frm.doc.status)]),
				frm.doc.status === "Dropped" ? "gray" : "green"
			);
		} else if (frm.doc.steps && frm.doc.steps.length) {
			frm.set_intro(__("{0} of {1} steps done.", [done, frm.doc.steps.length]), "blue");
		}
	},
});

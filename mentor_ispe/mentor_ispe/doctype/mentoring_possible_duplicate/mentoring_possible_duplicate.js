frappe.ui.form.on("Mentoring Possible Duplicate", {
	refresh(frm) {
		frm.disable_save();
		if (!mentor_ispe.is_coordinator()) return;
		const { first_doctype, first_record, second_doctype, second_record, status } = frm.doc;
		if (first_doctype === "Mentoring Profile" && second_doctype === "Mentoring Profile")
			frm.add_custom_button(__("Merge profiles"), () => mentor_ispe.merge(first_record, second_record)).addClass("btn-primary");
		if (first_doctype === "Mentoring Profile" && second_doctype === "Membership Roll Entry")
			frm.add_custom_button(__("Link this membership"), () =>
				mentor_ispe.act(frm, "people.link_membership", { duplicate: frm.docname }, __("Membership linked"))
			);
		if (status === "Open")
			frm.add_custom_button(__("Not the same person"), () =>
				mentor_ispe.act(frm, "people.dismiss_duplicates", { names: [frm.docname] }, __("Saved"))
			);
	},
});

frappe.ui.form.on("Mentoring Notice", {
	refresh(frm) {
		if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
		frm.add_custom_button(__("Show email"), async () => {
			const args = { mail: frm.doc.template, notice: frm.docname };
			const mail = await mentor_ispe.call("mails.preview", args);
			const dialog = new frappe.ui.Dialog({
				title: __("To: {0}", [frm.doc.recipient]),
				size: "large",
				no_focus: true,
				fields: [{ fieldname: "mail", fieldtype: "HTML" }],
			});
			mentor_ispe.mailings.draw(dialog.get_field("mail").$wrapper, mail);
			dialog.show();
		});
	},
});

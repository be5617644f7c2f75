frappe.ui.form.on("Mentoring Profile Change", {
	refresh(frm) {
		frm.disable_save();
		if (!mentor_ispe.is_coordinator() || frm.doc.status !== "Open") return;
		const address = frm.doc.what === "Address";
		frm.add_custom_button(address ? __("Use the new address") : __("Use the new name"), async () => {
			const { message } = await mentor_ispe.act(frm, "people.take_over_change", { change: frm.docname });
			frappe.show_alert({ message, indicator: "green" });
		}).addClass("btn-primary");
		frm.add_custom_button(address ? __("Keep the old address") : __("Keep the old name"), () =>
			mentor_ispe.act(frm, "people.keep_unchanged", { changes: [frm.docname] }, __("Saved"))
		);
	},
});

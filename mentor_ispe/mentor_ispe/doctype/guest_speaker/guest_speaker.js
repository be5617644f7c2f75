frappe.ui.form.on("Guest Speaker", {
	onload(frm) {
		frm.get_field("time_zone").set_data(Intl.supportedValuesOf?.("timeZone") || []);
	},
});

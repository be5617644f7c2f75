frappe.listview_settings["Mentoring Agreement"] = {
	hide_name_column: true,
	add_fields: ["status"],
	get_indicator(doc) {
		const color = { Draft: "gray", Published: "green", Superseded: "orange" }[doc.status];
		return [__(doc.status), color, `status,=,${doc.status}`];
	},
};

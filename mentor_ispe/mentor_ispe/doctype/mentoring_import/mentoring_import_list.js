frappe.listview_settings["Mentoring Import"] = {
	hide_name_column: true,
	add_fields: ["status"],
	get_indicator({ status }) {
		const colors = { Draft: "gray", Checked: "orange", Imported: "green", Undone: "gray", Closed: "gray" };
		return [__(status), colors[status] || "blue", `status,=,${status}`];
	},
};

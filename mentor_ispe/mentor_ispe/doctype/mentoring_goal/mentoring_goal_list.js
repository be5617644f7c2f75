frappe.listview_settings["Mentoring Goal"] = {
	add_fields: ["status", "progress", "reviewed_on"],
	hide_name_column: true,
	onload: (listview) => mentor_ispe.mailings.add_to_list(listview),
	get_indicator(doc) {
		const colors = { Open: "blue", Achieved: "green", "Partly Achieved": "yellow", Dropped: "gray" };
		return [__(doc.status), colors[doc.status], `status,=,${doc.status}`];
	},
	formatters: {
		progress: (value) => `${Math.round(value || 0)} %`,
	},
};

frappe.listview_settings["Mentoring Profile"] = {
	hide_name_column: true,
	add_fields: ["membership_state"],
	onload(listview) {
		mentor_ispe.mailings.add_to_list(listview);
		mentor_ispe.offer_import(listview, { kind: "People" });
	},
	get_indicator(doc) {
		const colors = { Active: "green", Grace: "orange", Lapsed: "red", Never: "gray", Unknown: "yellow" };
		if (!doc.membership_state) return [__("Not checked yet"), "gray", "membership_state,is,not set"];
		return [__(doc.membership_state), colors[doc.membership_state], `membership_state,=,${doc.membership_state}`];
	},
};

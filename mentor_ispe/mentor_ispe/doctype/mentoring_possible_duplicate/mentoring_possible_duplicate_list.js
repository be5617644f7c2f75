frappe.listview_settings["Mentoring Possible Duplicate"] = {
	hide_name_column: true,
	filters: [["status", "=", "Open"]],
	get_indicator(doc) {
		const colors = { "Almost Certain": "red", Likely: "orange", Possible: "gray" };
		if (doc.status !== "Open") return [__(doc.status), "blue", `status,=,${doc.status}`];
		return [__(doc.level), colors[doc.level], `level,=,${doc.level}`];
	},
	onload(list) {
		if (!mentor_ispe.is_coordinator()) return;
		list.page.add_inner_button(__("Find duplicates"), async () => {
			const { waiting } = await mentor_ispe.call("people.find_duplicates");
			list.refresh();
			frappe.show_alert({ message: __("{0} possible duplicates", [waiting]), indicator: "blue" });
		});
		list.page.add_actions_menu_item(__("Not the same person"), async () => {
			await mentor_ispe.call("people.dismiss_duplicates", { names: list.get_checked_items(true) });
			list.refresh();
		});
	},
};

// What the reports have in common: their filters, and how a row is shown. Included in each report's script.
frappe.provide("mentor_ispe.reports");

mentor_ispe.reports.asked = {
	program() {
		return {
			fieldname: "program",
			label: __("Program"),
			fieldtype: "Link",
			options: "Mentoring Program",
			on_change(report) {
				report.set_filter_value("cycle", "");
			},
		};
	},
	cycle() {
		return {
			fieldname: "cycle",
			label: __("Cycle"),
			fieldtype: "Link",
			options: "Mentoring Cycle",
			get_query() {
				const program = frappe.query_report.get_filter_value("program");
				return { filters: program ? { program } : {} };
			},
		};
	},
	started_from() {
		return this.day("from_date", __("Cycle starts from"));
	},
	started_until() {
		return this.day("to_date", __("Cycle starts until"));
	},
	months_from() {
		const first = frappe.datetime.add_months(frappe.datetime.month_start(), -11);
		return this.day("from_date", __("From the month of"), first);
	},
	months_until() {
		return this.day("to_date", __("To the month of"), frappe.datetime.get_today());
	},
	day(fieldname, label, value) {
		return { fieldname, label, fieldtype: "Date", default: value };
	},
	by(ways) {
		return { ...this.select("by", __("Grouped by"), ways), default: ways[0][0], reqd: 1 };
	},
	select(fieldname, label, ways) {
		const options = ways.map(([value, label]) => ({ value, label }));
		const empty = options.some(({ value }) => !value) || fieldname === "by";
		return {
			fieldname,
			label,
			fieldtype: "Select",
			options: empty ? options : [{ value: "", label: "" }, ...options],
		};
	},
	check(fieldname, label, value) {
		return { fieldname, label, fieldtype: "Check", default: value };
	},
	shown() {
		return { fieldname: "shown", label: __("Rows at most"), fieldtype: "Int", default: 500 };
	},
};

mentor_ispe.reports.settings = (filters) => ({
	filters: filters(mentor_ispe.reports.asked),
	formatter(value, row, column, data, show) {
		// Nothing known is no zero.
		const shown = value === null || value === undefined ? "" : show(value, row, column, data);
		return data && data.bold ? `<b>${shown}</b>` : shown;
	},
});

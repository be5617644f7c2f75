// What the reports have in common: their filters, and how a row is shown. Included in each report's script.
frappe.provide("mentor_ispe.reports");
frappe.provide("mentor_ispe.reports.pages"); // what a report's own script adds to its page, by the report's name

// What a filter does here that its declaration in mentor_ispe/reports can't say.
mentor_ispe.reports.behavior = {
	program: {
		// Frappe leaves showing the new rows to us. A cycle of another program isn't asked for any longer; where
		// there was one, emptying it shows the rows.
		on_change(report) {
			if (report._no_refresh) return;
			if (report.get_filter_value("cycle")) report.set_filter_value("cycle", "");
			else report.refresh(true);
		},
	},
	cycle: {
		get_query() {
			const program = frappe.query_report.get_filter_value("program");
			return { filters: program ? { program } : {} };
		},
	},
};

mentor_ispe.reports.days = {
	today: () => frappe.datetime.get_today(),
	"a year of months ago": () => frappe.datetime.add_months(frappe.datetime.month_start(), -11),
};

mentor_ispe.reports.shown = (filter) => {
	const day = mentor_ispe.reports.days[filter.default];
	return {
		...filter,
		...mentor_ispe.reports.behavior[filter.fieldname],
		label: __(filter.label),
		...(day && { default: day() }),
		...(Array.isArray(filter.options) && {
			options: filter.options.map(({ value, label }) => ({ value, label: label && __(label) })),
		}),
	};
};

// Frappe would write it into the page as HTML; some of it is kept with & as &amp;.
mentor_ispe.reports.text = (value) => frappe.utils.escape_html(frappe.utils.unescape_html(String(value)));

// The title of a record leads to it; `shown` is HTML already.
mentor_ispe.reports.link = (shown, [doctype, fieldname], data) => {
	const name = data[fieldname];
	if (!name || data.bold || !frappe.model.can_read(doctype)) return shown;
	return `<a href="${frappe.utils.get_form_link(doctype, name)}">${shown}</a>`;
};

mentor_ispe.reports.define = (name, filters) => {
	frappe.query_reports[name] = {
		...mentor_ispe.reports.pages[name],
		filters: filters.map(mentor_ispe.reports.shown),
		formatter(value, row, column, data, show) {
			// Nothing known is no zero.
			const known = value !== null && value !== undefined;
			const { text } = mentor_ispe.reports;
			let shown = known ? (column.fieldtype === "Data" ? text(value) : show(value, row, column, data)) : "";
			if (shown && column.opens && data) shown = mentor_ispe.reports.link(shown, column.opens, data);
			return data && data.bold ? `<b>${shown}</b>` : shown;
		},
	};
};

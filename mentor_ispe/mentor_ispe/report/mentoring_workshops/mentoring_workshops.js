{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Workshops"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.day("from_date", __("Takes place from")),
	asked.day("to_date", __("Takes place until")),
]);

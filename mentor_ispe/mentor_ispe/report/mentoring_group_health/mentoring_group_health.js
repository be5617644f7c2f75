{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Group Health"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
]);

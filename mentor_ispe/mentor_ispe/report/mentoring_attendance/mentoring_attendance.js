{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Attendance"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
]);

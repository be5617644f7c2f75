{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentees Without a Match"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
	asked.check("waiting_only", __("Still waiting"), 1),
	asked.shown(),
]);

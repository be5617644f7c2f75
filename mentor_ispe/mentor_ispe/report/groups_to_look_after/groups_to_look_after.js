{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Groups to Look After"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.check("needing", __("That need somebody"), 1),
	asked.shown(),
]);

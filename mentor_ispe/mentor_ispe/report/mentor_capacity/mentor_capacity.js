{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentor Capacity"] = mentor_ispe.reports.settings((asked) => [
	asked.by([
		["Cycle", __("Cycle")],
		["Program", __("Program")],
		["Chapter", __("Chapter")],
		["Country", __("Country")],
		["Industry", __("Industry")],
		["Career Stage", __("Career stage")],
	]),
	asked.program(),
	asked.cycle(),
]);

{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Mentoring Credit Records"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.started_from(),
	asked.started_until(),
	asked.select("state", __("Status"), [["Not Met", __("Not Met")], ["At Risk", __("At Risk")], ["On Track", __("On Track")], ["Met", __("Met")]]),
	asked.shown(),
]);

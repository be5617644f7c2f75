{% include "mentor_ispe/public/js/reports.js" %}

frappe.query_reports["Agreements and Training Owed"] = mentor_ispe.reports.settings((asked) => [
	asked.program(),
	asked.cycle(),
	asked.select("owes", __("Owes"), [["Signature", __("Signature")], ["Training", __("Training")]]),
	asked.shown(),
]);

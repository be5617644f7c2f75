// Certificates and rosters: which language and letterhead, then the PDF in a tab of its own.
frappe.provide("mentor_ispe.prints");

const PRINTS = {
	certificate_pdf: { api: "prints", title: __("Certificate") },
	roster_pdf: { api: "prints", title: __("Roster") },
	certificates_pdf: { api: "cycle_prints", title: __("Certificates") },
	rosters_pdf: { api: "cycle_prints", title: __("Rosters") },
};

// A refusal comes as words in a dialog, so the file is fetched here and not opened as an address.
mentor_ispe.prints.ask = (method, args) => {
	const { api, title } = PRINTS[method];
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [
			{
				fieldname: "language",
				fieldtype: "Link",
				options: "Language",
				label: __("Language"),
				default: frappe.boot.lang,
				only_select: 1,
			},
			{
				fieldname: "letterhead",
				fieldtype: "Link",
				options: "Letter Head",
				label: __("Letterhead"),
				description: __("Leave empty to use the default, if there is one."),
				only_select: 1,
			},
		],
		primary_action_label: __("Create PDF"),
		async primary_action(values) {
			const button = dialog.get_primary_btn().prop("disabled", true);
			const done = await mentor_ispe.prints.show(`mentor_ispe.api.${api}.${method}`, { ...args, ...values });
			button.prop("disabled", false);
			if (done) dialog.hide();
		},
	});
	dialog.show();
	return dialog;
};

mentor_ispe.prints.show = async (method, args) => {
	frappe.dom.freeze(__("Creating the PDF"));
	try {
		const response = await fetch(`/api/method/${method}?${new URLSearchParams(args)}`, {
			headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
		});
		if (response.ok) {
			const file = URL.createObjectURL(await response.blob());
			if (!window.open(file, "_blank")) window.location.assign(file);
			return true;
		}
		const answer = await response.json().catch(() => ({}));
		const said = JSON.parse(answer._server_messages || "[]").map((words) => JSON.parse(words).message);
		frappe.msgprint({
			title: __("Not possible"),
			indicator: "red",
			message: said.join("<br>") || __("The PDF could not be created."),
		});
		return false;
	} finally {
		frappe.dom.unfreeze();
	}
};

const OFFERS = {
	"Mentoring Cycle": (frm) => {
		if (["Open", "Matching", "Running"].includes(frm.doc.status)) {
			add(frm, __("Rosters"), "rosters_pdf", { cycle: frm.docname }, __("Print"));
		}
		if (["Running", "Completed"].includes(frm.doc.status)) {
			add(frm, __("Certificates"), "certificates_pdf", { cycle: frm.docname }, __("Print"));
		}
	},
	"Mentoring Group": (frm) => {
		if (!["Proposed", "Active", "Completed"].includes(frm.doc.status)) return;
		add(frm, __("Roster"), "roster_pdf", { group: frm.docname }, __("View"));
	},
	Mentor: offer_certificate,
	Mentee: offer_certificate,
};

function offer_certificate(frm) {
	if (frm.doc.status !== "Completed") return;
	add(frm, __("Certificate"), "certificate_pdf", { doctype: frm.doctype, name: frm.docname });
}

function add(frm, label, method, args, menu) {
	frm.add_custom_button(label, () => mentor_ispe.prints.ask(method, args), menu);
}

// This file comes with several DocTypes; it is asked once for each form all the same.
if (!mentor_ispe.prints.offered) {
	mentor_ispe.prints.offered = true;
	for (const [doctype, offer] of Object.entries(OFFERS)) {
		frappe.ui.form.on(doctype, {
			refresh: (frm) => frm.is_new() || !mentor_ispe.is_coordinator() || offer(frm),
		});
	}
}

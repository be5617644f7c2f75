// What a coordinator does next with a cycle in each status: button, and the status it leads to.
const NEXT_STEPS = {
	Draft: [[__("Open for applications"), "Open"]],
	Open: [[__("Close applications and start matching"), "Matching"]],
	Matching: [
		[__("Start cycle"), "Running"],
		[__("Reopen applications"), "Open"],
	],
	Running: [[__("Complete cycle"), "Completed"]],
};

frappe.ui.form.on("Mentoring Cycle", {
	setup(frm) {
		frm.set_query("program", () => ({ filters: { status: ["!=", "Archived"] } }));
	},

	program: propose_end,
	start_date: propose_end,

	refresh(frm) {
		frm.set_df_property("status", "read_only", 1);
		if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
		show_overview(frm);
		(NEXT_STEPS[frm.doc.status] || []).forEach(([label, status]) => {
			frm.add_custom_button(label, () => move_to(frm, status, label));
		});
		if (NEXT_STEPS[frm.doc.status]) {
			frm.add_custom_button(
				__("Cancel cycle"),
				() => move_to(frm, "Cancelled", __("Cancel cycle")),
				__("More")
			);
		}
		if (["Running", "Completed"].includes(frm.doc.status)) {
			frm.add_custom_button(__("View closing report"), () => mentor_ispe.closing_report(frm), __("More"));
			frm.add_custom_button(__("Plan the next cycle"), () => plan_next(frm), __("More"));
		}
		if (["Open", "Matching", "Running"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Match"), () => match(frm));
			frm.add_custom_button(__("New group"), () =>
				frappe.new_doc("Mentoring Group", { cycle: frm.docname, program: frm.doc.program, format: frm.doc.format })
			);
		}
	},
});

// The server fills the last day as well; here it is seen, and can be changed, before the first save.
async function propose_end(frm) {
	if (frm.doc.end_date || !frm.doc.start_date || !frm.doc.program) return;
	const months = await frappe.db.get_value("Mentoring Program", frm.doc.program, "length_months");
	const after = frappe.datetime.add_months(frm.doc.start_date, months.message.length_months);
	frm.set_value("end_date", frappe.datetime.add_days(after, -1));
}

// A run over everyone who is open; its page shows how far it is and then the result.
async function match(frm) {
	const asked = { method: "mentor_ispe.api.matching.new_run", args: { cycle: frm.docname }, freeze: true };
	const answer = await frappe.call(asked).catch(() => null); // a refusal has been shown by then
	if (answer) frappe.set_route("Form", "Mentoring Match Run", answer.message.name);
}

const STAGE_WORDS = {
	Applied: __("Applied"),
	Approved: __("Approved"),
	Matched: __("Matched"),
	Accepted: __("Accepted"),
	Active: __("Active"),
	Completed: __("Completed"),
};

// How far the people of the cycle have come, and what is next; each number opens the list it counted.
async function show_overview(frm) {
	const cycle = frm.docname;
	const { message } = await frappe.call("mentor_ispe.api.desk.cycle_overview", { cycle });
	if (frm.docname !== cycle) return;
	frm.$overview?.closest(".form-dashboard-section").remove(); // of the refresh before, when it overtook this one
	frm.$overview = $(`<div class="cycle-overview">
		<style>
			.cycle-overview .next { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-bottom: 16px; }
			.cycle-overview .next p { margin: 0; font-weight: 500; }
			.cycle-overview .funnels { display: flex; flex-wrap: wrap; gap: 12px 48px; }
			.cycle-overview .stages { flex: 1 1 280px; display: grid; grid-template-columns: max-content 1fr max-content; gap: 4px 12px; align-items: center; max-width: 560px; }
			.cycle-overview .stages h5 { grid-column: 1 / -1; margin: 0; color: var(--text-muted); }
			.cycle-overview .bar { height: 14px; min-width: 1px; border-radius: 3px; background: var(--blue-400, #70b6f0); }
			.cycle-overview .bar.none { background: var(--border-color); }
			.cycle-overview .stages a { font-variant-numeric: tabular-nums; font-weight: 600; text-align: right; text-decoration: underline; }
		</style>
	</div>`)
		.append(next_step(frm, message))
		.append($(`<div class="funnels"></div>`).append(funnel(__("Mentees and peers"), message.stages.Mentee)));
	if (frm.doc.format !== "Peer Circle") {
		frm.$overview.find(".funnels").append(funnel(__("Mentors"), message.stages.Mentor));
	}
	frm.dashboard.add_section(frm.$overview, __("Participants by status"));
	frm.dashboard.show();
}

function funnel(title, stages) {
	const most = Math.max(1, ...stages.map(({ count }) => count));
	const $grid = $(`<div class="stages"><h5 class="small">${title}</h5></div>`);
	for (const { stage, doctype, count, filters } of stages) {
		$grid.append(
			`<span>${STAGE_WORDS[stage]}</span>`,
			`<span class="bar ${count ? "" : "none"}" style="width: ${(100 * count) / most}%"></span>`,
			$(`<a href="#" aria-label="${title}, ${STAGE_WORDS[stage]}: ${count}">${count}</a>`).on("click", (event) => {
				event.preventDefault();
				open_list(doctype, filters);
			})
		);
	}
	return $grid;
}

function open_list(doctype, filters) {
	frappe.route_options = filters;
	frappe.set_route("List", doctype, "List");
}

function next_step(frm, message) {
	const { next } = message;
	const $next = $(`<div class="next"><p></p></div>`);
	$next.find("p").text(next.words);
	if (message.shared && !next.share) {
		const $share = $(`<button class="btn btn-sm btn-default"></button>`).text(__("Share with members"));
		$next.append($share.on("click", () => share(message.shared)));
	}
	if (!next.label) return $next;
	const press = () => {
		if (next.status) return move_to(frm, next.status, next.label);
		if (next.match) return match(frm);
		if (next.share) return share(message.shared);
		if (next.next_cycle) return plan_next(frm);
		if (next.report) return mentor_ispe.closing_report(frm);
		if (next.record) return frappe.set_route("Form", ...next.record);
		return open_list(...next.list);
	};
	return $next.append($(`<button class="btn btn-sm btn-primary"></button>`).text(next.label).on("click", press));
}

// What changes for people beside the mails that the dialog counts.
const WHAT_CHANGES = {
	Open: __("People can apply from the first day of applications."),
	Matching: __("Nobody can apply anymore. You can reopen applications later."),
	Running: __("The cycle starts. Groups can meet."),
	Completed: __("The cycle ends for everyone in it. You can't undo this."),
	Cancelled: __("The cycle is canceled for everyone in it. You can't undo this."),
};

async function move_to(frm, status, label) {
	const asked = { cycle: frm.docname, status };
	const said = (await frappe.xcall("mentor_ispe.api.desk.left_unfinished", asked, "GET")).map(frappe.utils.escape_html);
	if (status === "Completed") {
		const groups = await frappe.xcall("mentor_ispe.api.desk.groups_to_close", { cycle: frm.docname }, "GET");
		if (groups.length) return close_groups(frm, groups, label, said);
	}
	return mentor_ispe.act_after_asking(frm, {
		title: label,
		action: label,
		words: [WHAT_CHANGES[status], ...said].join(" "),
		method: "set_cycle_status",
		args: () => ({ cycle: frm.docname, status }),
		done: __(status),
	});
}

// A cycle is completed once its groups are: all of them in one step, or one looks at them first.
async function close_groups(frm, groups, label, said) {
	const [action, doctype] = ["close_groups", "Mentoring Group"];
	const many = groups.length > 1;
	const still = many ? __("{0} groups are still open.", [groups.length]) : __("1 group is still open.");
	const what = __("Running groups are completed; groups that never started are canceled.");
	const rest = [what, ...said, __("You can't undo this.")].join(" ");
	const all = many ? __("Complete {0} groups", [groups.length]) : __("Complete 1 group");
	const dialog = await mentor_ispe.ask_before(
		{
			title: label,
			action: all,
			words: `${still} <a href="#" data-open style="text-decoration: underline">${many ? __("Open these groups") : __("Open this group")}</a>. ${rest}`,
			step: () => ({ method: "bulk.do", args: { action, doctype, names: groups, args: {} } }),
		},
		() => void run()
	);
	const run = async () => {
		const { refused } = await mentor_ispe.bulk.run(all, action, doctype, groups, {});
		await frm.reload_doc();
		if (!refused.length) move_to(frm, "Completed", label);
	};
	dialog.$wrapper.on("click", "[data-open]", (event) => {
		event.preventDefault();
		dialog.hide();
		open_list(doctype, { cycle: frm.docname, status: ["in", ["Draft", "Proposed", "Active"]] });
	});
}

// The form of a new cycle, filled as this one was, moved on by the program's rhythm; it is stored when the coordinator saves it.
async function plan_next(frm) {
	const values = await frappe.xcall("mentor_ispe.api.desk.planned_cycle", { after: frm.docname }, "GET");
	await frappe.new_doc("Mentoring Cycle", values);
}

// How members hear of it: the address of the program's page, a text, a picture for slides and posters.
function share({ address, text, qr_code }) {
	const dialog = new frappe.ui.Dialog({
		title: __("Share with members"),
		fields: [
			{ fieldname: "address", fieldtype: "Data", label: __("Address"), default: address, read_only: 1 },
			{ fieldname: "text", fieldtype: "Small Text", label: __("Text"), default: text, read_only: 1 },
			{ fieldname: "picture", fieldtype: "HTML" },
		],
		primary_action_label: __("Copy address"),
		primary_action: () => frappe.utils.copy_to_clipboard(address),
		secondary_action_label: __("Copy text"),
		secondary_action: () => frappe.utils.copy_to_clipboard(text),
	});
	const picture = dialog.get_field("picture").$wrapper;
	picture.html(`<img width="180" height="180"><p><a download="mentoring-qr-code.svg"></a></p>`);
	picture.find("img").attr({ src: qr_code, alt: __("QR code of the address") });
	picture.find("a").attr("href", qr_code).text(__("Download QR code"));
	dialog.show();
}

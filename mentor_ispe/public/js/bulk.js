// One step for everything that is ticked in a list; services/desk/bulk.py does it record by record.
frappe.provide("mentor_ispe.bulk");

const titled = (title, rows) => __("{0} ({1})", [title, rows.length]);

// `ask` gets the ticked rows, a function to call with the step's arguments, and one that makes of them what is asked
// of the server; without it there is nothing to fill in.
mentor_ispe.bulk.add = (listview, label, action, ask) => {
	listview.page.add_actions_menu_item(
		label,
		() => {
			const rows = listview.get_checked_items();
			const names = rows.map((row) => row.name);
			const run = (args) =>
				mentor_ispe.bulk.run(label, action, listview.doctype, names, args).then(() => mentor_ispe.bulk.reload(listview));
			const step = (args) => ({ method: "bulk.do", args: { action, doctype: listview.doctype, names, args } });
			if (ask) ask(rows, (args) => void run(args), step);
			else mentor_ispe.ask_before({ title: titled(label, rows), action: label, step }, () => void run({}));
		},
		false
	);
};

mentor_ispe.bulk.reload = (listview) => {
	listview.clear_checked_items();
	listview.last_args = null; // or the list would stay as it was for three seconds
	return listview.refresh();
};

mentor_ispe.bulk.run = async (label, action, doctype, names, args) => {
	let result = await mentor_ispe.call("bulk.do", { action, doctype, names, args });
	if (result.job) result = await mentor_ispe.bulk.follow(label, result.job);
	mentor_ispe.bulk.show(label, result);
	return result;
};

// Many are done by a job; it goes on when this page is left.
mentor_ispe.bulk.follow = async (label, job) => {
	for (;;) {
		const { message } = await frappe.call({ method: "mentor_ispe.api.bulk.progress", args: { job } });
		const words = message.finished ? "" : __("You can leave this page. The work continues in the background.");
		frappe.show_progress(label, message.so_far, message.of, words, true);
		if (message.finished) {
			frappe.hide_progress();
			return message;
		}
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
};

mentor_ispe.bulk.show = (label, { done, refused }) => {
	if (done.length) {
		frappe.show_alert({ message: __("{0}: {1} done", [label, done.length]), indicator: "green" });
	}
	if (!refused.length) return;
	const escape = frappe.utils.escape_html;
	const rows = refused.map(({ title, reason }) => `<li><b>${escape(title)}</b>: ${escape(reason)}</li>`);
	frappe.msgprint({
		title: __("Failed for {0}", [refused.length]),
		message: `<p>${__("{0} of {1} done. These were not changed:", [
			done.length,
			done.length + refused.length,
		])}</p><ul>${rows.join("")}</ul>`,
		indicator: "orange",
	});
};

mentor_ispe.bulk.asking_for_words = (argument, options) => (rows, run, step) =>
	mentor_ispe.ask_for_words(
		{ ...options, title: titled(options.title, rows), step: (words) => step({ [argument]: words }) },
		(words) => run({ [argument]: words })
	);

// Another cycle of the program that all of the rows belong to.
mentor_ispe.bulk.asking_for_cycle = (rows, run, step) => {
	const programs = [...new Set(rows.map((row) => row.program))];
	if (programs.length > 1) {
		frappe.msgprint(__("These applications belong to {0} programs. Choose applications from one program.", [programs.length]));
		return;
	}
	const fields = [
			{
				fieldname: "cycle",
				fieldtype: "Link",
				options: "Mentoring Cycle",
				label: __("Cycle"),
				reqd: 1,
				description: __("Their answers and the promised decision date move with them."),
				get_query: () => ({
					filters: {
						program: programs[0],
						status: ["in", ["Open", "Matching", "Running"]],
						name: ["not in", [...new Set(rows.map((row) => row.cycle))]],
					},
				}),
			},
		];
	const title = __("Move to another cycle ({0})", [rows.length]);
	return mentor_ispe.ask_before({ title, action: __("Move"), fields, step }, run);
};

// Until a day nobody is reminded of these records in the worklist; it is a task of whoever put them off.
mentor_ispe.bulk.add_snooze = (listview) => {
	const label = __("Snooze");
	const field = {
		fieldname: "until",
		fieldtype: "Date",
		label: __("Back on"),
		reqd: 1,
		default: frappe.datetime.add_days(frappe.datetime.get_today(), 7),
		description: __("Until then it isn't in anyone's to-do list. It is assigned to you."),
	};
	listview.page.add_actions_menu_item(
		label,
		() => {
			const names = listview.get_checked_items(true);
			frappe.prompt(
				field,
				({ until }) =>
					void mentor_ispe.bulk
						.run(label, "snooze", listview.doctype, names, { until })
						.then(() => mentor_ispe.bulk.reload(listview)),
				`${label} (${names.length})`,
				label
			);
		},
		false
	);
};

// In the lists that the worklist opens; Frappe evaluates this after the list's own script.
for (const doctype of [
	"Guest Speaker Request",
	"Mentee",
	"Mentor",
	"Mentoring Concern",
	"Mentoring Feedback Request",
	"Mentoring Group",
	"Mentoring Profile",
	"Mentoring Workshop",
]) {
	const settings = frappe.listview_settings[doctype];
	if (!settings || settings.snoozes) continue;
	const own = settings.onload;
	settings.snoozes = true;
	settings.onload = function (listview) {
		own?.call(this, listview);
		if (doctype !== "Mentoring Group") mentor_ispe.show_all_columns(listview);
		if (mentor_ispe.is_coordinator()) mentor_ispe.bulk.add_snooze(listview);
	};
}

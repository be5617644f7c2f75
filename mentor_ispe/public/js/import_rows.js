// What would happen, or has happened, with each row of a file: the lower part of the page of an import.
frappe.provide("mentor_ispe.imports");

{
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const PAGE = 20;
	const ORDER = ["New", "Change", "Possible Duplicate", "Already There", "Not Understood", "Refused"];
	const STATUSES = ["Imported", "Waiting", "Undecided", "Undone", "Kept", "Refused"];
	const COLORS = {
		New: "green",
		Change: "blue",
		"Already There": "gray",
		"Possible Duplicate": "orange",
		"Not Understood": "red",
		Refused: "red",
		Imported: "green",
		Undone: "gray",
		Kept: "orange",
	};

	mentor_ispe.imports.state = async (frm) => {
		const name = frm.docname;
		const state = await frappe.xcall("mentor_ispe.api.imports.current_state", { name }, "GET");
		return { name, ...state };
	};

	mentor_ispe.imports.show_rows = (frm, area, state, then) => {
		if (["Checking", "Importing", "Undoing"].includes(state.status)) {
			mentor_ispe.imports.show_progress(frm, area, state, then);
			return;
		}
		if (state.message) area.append(`<div class="form-message orange" role="status">${escape(state.message)}</div>`);
		if (!Object.keys(state.fates).length) return;
		new Rows(frm, $("<div>").appendTo(area), state, then).show();
	};

	mentor_ispe.imports.show_progress = (frm, area, state, then) => {
		const words = {
			Checking: __("Checking the file: {0} of {1} rows.", [rows_so_far(state), state.total]),
			Importing: __("Importing: {0} rows done, {1} left.", [
				(state.statuses.Imported || 0) + (state.statuses.Refused || 0),
				state.statuses.Waiting || 0,
			]),
			Undoing: __("Undoing: {0} rows done, {1} left.", [
				(state.statuses.Undone || 0) + (state.statuses.Kept || 0),
				state.statuses.Imported || 0,
			]),
		}[state.status];
		const share = Math.round(100 * share_done(state));
		area.html(`<h4>${words}</h4>
			<div class="progress" role="progressbar" aria-valuenow="${share}" aria-valuemin="0" aria-valuemax="100"
				aria-label="${escape(words)}"><div class="progress-bar" style="width: ${share}%"></div></div>
			<p class="text-muted mt-2" role="status">${
				state.abandoned
					? __("The import stopped. Nothing was lost. Resume to finish it.")
					: __("You can leave this page. The import continues in the background.")
			}</p>`);
		if (!state.abandoned) return;
		$(`<button type="button" class="btn btn-primary btn-sm">${__("Resume import")}</button>`)
			.appendTo(area)
			.on("click", async () => {
				await mentor_ispe.call("imports.resume", { name: frm.docname });
				then();
			});
	};

	const sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);
	const rows_so_far = ({ fates }) => sum(fates);

	function share_done({ status, statuses, fates, total }) {
		const { Imported = 0, Refused = 0, Waiting = 0, Undone = 0, Kept = 0 } = statuses;
		if (status === "Checking") return total ? sum(fates) / total : 0;
		if (status === "Importing") return (Imported + Refused) / Math.max(Imported + Refused + Waiting, 1);
		return (Undone + Kept) / Math.max(Imported + Undone + Kept, 1);
	}

	class Rows {
		constructor(frm, area, state, then) {
			Object.assign(this, { frm, area, state, then, filter: {}, start: 0 });
		}

		show() {
			const { status, fates, statuses } = this.state;
			const checked = status === "Checked";
			const counts = checked ? fates : { ...fates, ...statuses };
			const names = checked ? ORDER : [...STATUSES, "Already There", "Not Understood"];
			const chips = names
				.filter((name) => counts[name])
				.map(
					(name) =>
						`<button type="button" class="btn btn-default btn-sm mr-2 mb-2" aria-pressed="false"
							data-filter="${escape(name)}"><span class="indicator ${COLORS[name] || "gray"}"></span>
							${escape(this.label(name))}: ${counts[name]}</button>`
				);
			this.area.html(`
				<h4 class="mt-4">${checked ? __("Preview") : __("Result")}</h4>
				<p>${this.summary()}</p>
				<p class="import-actions">${this.actions()}</p>
				<p class="import-filters" role="group" aria-label="${__("Filter")}">
					<button type="button" class="btn btn-default btn-sm mr-2 mb-2" aria-pressed="true" data-filter="">${__(
						"All: {0}",
						[sum(fates)]
					)}</button>${chips.join("")}</p>
				<div class="table-responsive"><table class="table table-sm">
					<thead><tr><th scope="col" style="min-width: 8rem; width: 35%">${__("Row")}</th>
						<th scope="col">${checked ? __("Preview") : __("Result")}</th></tr></thead>
					<tbody></tbody></table></div>
				<p><button type="button" class="btn btn-default btn-sm" data-do="more">${__("Show more rows")}</button></p>`);
			this.area.on("click", "[data-filter]", ({ currentTarget }) => this.choose(currentTarget));
			this.area.on("click", "[data-do]", ({ currentTarget }) => this[currentTarget.dataset.do](currentTarget));
			this.load();
		}

		label(name) {
			return {
				New: __("New"),
				Change: __("Changes"),
				"Already There": __("Already there"),
				"Possible Duplicate": __("Possible duplicates"),
				"Not Understood": __("Not understood"),
				Refused: __("Refused"),
				Imported: __("Imported"),
				Waiting: __("Waiting"),
				Undecided: __("Undecided"),
				Undone: __("Undone"),
				Kept: __("Not undone"),
			}[name];
		}

		summary() {
			const { status, statuses } = this.state;
			const { Waiting = 0, Undecided = 0, Imported = 0, Kept = 0, Undone = 0 } = statuses;
			if (status === "Undone") {
				return Kept
					? __("{0} rows were undone. {1} were kept, at least in part. Each row shows the reason.", [Undone, Kept])
					: __("{0} rows were undone.", [Undone]);
			}
			if (status === "Imported") return __("{0} rows were imported.", [Imported]);
			const words = [Waiting ? __("Nothing has been imported yet.") : __("There is nothing to import in this file.")];
			if (Undecided) words.push(__("Review the possible duplicates. Undecided rows won't be imported."));
			return words.join(" ");
		}

		actions() {
			const { status, statuses, fates } = this.state;
			const button = (action, words, style = "default") =>
				`<button type="button" class="btn btn-${style} btn-sm mr-2 mb-2" data-do="${action}">${words}</button>`;
			const found = [];
			if (["Checked", "Imported"].includes(status) && statuses.Waiting) {
				const words = statuses.Waiting === 1 ? __("Import 1 row") : __("Import {0} rows", [statuses.Waiting]);
				found.push(button("carry_out", words, "primary"));
			}
			if (fates["Not Understood"] || statuses.Refused) {
				found.push(button("download", __("Download rows not imported")));
			}
			if (status === "Imported" && statuses.Imported) found.push(button("undo", __("Undo import")));
			if (status === "Imported") found.push(button("keep", __("Save these choices for next time")));
			return found.join("");
		}

		choose(chip) {
			this.area.find("[data-filter]").attr("aria-pressed", "false").removeClass("btn-secondary");
			$(chip).attr("aria-pressed", "true").addClass("btn-secondary");
			const name = chip.dataset.filter;
			const by_status = this.state.status !== "Checked" && STATUSES.includes(name);
			this.filter = !name ? {} : by_status ? { status: name } : { fate: name };
			this.start = 0;
			this.load();
		}

		more() {
			this.start += PAGE;
			this.load();
		}

		async load() {
			const args = { name: this.frm.docname, start: this.start, ...this.filter };
			const rows = await frappe.xcall("mentor_ispe.api.imports.some_rows", args, "GET");
			const body = this.area.find("tbody");
			if (!this.start) body.empty();
			body.append(rows.map((row) => this.row(row)).join(""));
			this.area.find("[data-do='more']").toggle(rows.length === PAGE);
		}

		row(row) {
			const name = this.state.status === "Checked" || !row.status ? row.fate : row.status;
			const who = row.profile
				? frappe.utils.get_form_link("Mentoring Profile", row.profile, true, escape(row.full_name))
				: escape(row.full_name);
			const link = row.duplicate_of
				? `<div>${frappe.utils.get_form_link("Mentoring Profile", row.duplicate_of, true, __("Open existing profile"))}</div>`
				: "";
			return `<tr data-row="${escape(row.name)}">
				<td style="word-break: break-word"><span class="text-muted">${row.file_row}.</span> ${who}<div class="text-muted small" style="word-break: break-all">${escape(row.email)}</div></td>
				<td><span class="indicator-pill ${COLORS[name] || "gray"}">${escape(this.label_of_one(name, row))}</span>
					<div style="white-space: pre-line; overflow-wrap: anywhere">${escape(row.message)}</div>${link}${this.choices(row)}</td></tr>`;
		}

		label_of_one(name, row) {
			if (name === "Possible Duplicate" && row.decision) {
				return { "Same Person": __("Same person"), "New Person": __("New person"), "Leave Out": __("Left out") }[row.decision];
			}
			if (name === "Change") return __("Change");
			if (name === "Possible Duplicate") return __("Possible duplicate");
			return this.label(name);
		}

		choices(row) {
			const open = row.fate === "Possible Duplicate" && ["", "Undecided", "Waiting"].includes(row.status || "");
			if (!open || !["Checked", "Imported"].includes(this.state.status)) return "";
			const choices = [
				...(row.duplicate_of ? [["Same Person", __("Same person")]] : []),
				["New Person", __("New person")],
				["Leave Out", __("Leave out")],
			];
			return `<div class="btn-group mt-1" role="group" aria-label="${__("Who is {0}?", [escape(row.full_name)])}">${choices
				.map(
					([value, words]) =>
						`<button type="button" class="btn btn-xs btn-${row.decision === value ? "secondary" : "default"}"
							aria-pressed="${row.decision === value}" data-do="decide" data-decision="${value}">${words}</button>`
				)
				.join("")}</div>`;
		}

		async decide(button) {
			const rows = [$(button).closest("[data-row]").data("row")];
			await mentor_ispe.call("imports.decide", { name: this.frm.docname, rows, decision: button.dataset.decision });
			this.state = await mentor_ispe.imports.state(this.frm);
			this.area.off();
			this.start = 0;
			this.show();
		}

		async carry_out() {
			await mentor_ispe.call("imports.carry_out", { name: this.frm.docname });
			this.then();
		}

		// Who didn't think of it before the import can keep what the file was read by.
		keep() {
			mentor_ispe.imports.keep_choices(this.frm, {});
		}

		undo() {
			frappe.confirm(
				__("Undo this import? Records it created are deleted and changes are reverted, unless someone has edited them since."),
				async () => {
					await mentor_ispe.call("imports.undo", { name: this.frm.docname });
					this.then();
				}
			);
		}

		download() {
			const query = $.param({ name: this.frm.docname });
			window.open(`/api/method/mentor_ispe.api.imports.refused_rows?${query}`);
		}
	}
}

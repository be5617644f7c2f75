// What each column of a file is, and what its words mean: the upper part of the page of an import.
frappe.provide("mentor_ispe.imports");

{
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const select = (attributes, options, chosen) =>
		`<select class="form-control input-xs" style="appearance: auto; max-width: 20rem" ${attributes}>${options
			.map(
				({ value, label }) =>
					`<option value="${escape(value)}" ${value === chosen ? "selected" : ""}>${escape(label)}</option>`
			)
			.join("")}</select>`;

	mentor_ispe.imports.show_columns = async (frm, area, then) => {
		let file;
		try {
			file = await mentor_ispe.call("imports.columns", { name: frm.docname });
		} catch {
			area.html(`<p>${__("This file can't be read. Correct it and attach it again.")}</p>`);
			return;
		}
		new Columns(frm, area, file, then).show();
	};

	mentor_ispe.imports.keep_choices = (frm, form, used) =>
		frappe.prompt(
			{ fieldname: "title", fieldtype: "Data", label: __("Name"), reqd: 1, default: used || "" },
			async ({ title }) => {
				const { columns = {}, values = {}, constants = {}, separators = {} } = form;
				const choices = { columns, values, constants, separators };
				await mentor_ispe.call("imports.keep_mapping", { name: frm.docname, title, ...choices });
				frappe.show_alert({ message: __("Saved. Files with the same headings will use these choices."), indicator: "green" });
			},
			__("Save these choices"),
			__("Keep")
		);

	class Columns {
		constructor(frm, area, file, then) {
			// Once the file is checked, what would happen is what one came for.
			const open = frm.doc.status === "Draft";
			Object.assign(this, { frm, area, file, then, open, form: file.form });
			this.fields = Object.fromEntries(file.fields.map((field) => [field.key, field]));
		}

		show() {
			this.area.html(`<details ${this.open ? "open" : ""}>
				<summary class="h4">${__("Match columns to fields")}</summary>
				${this.file.notes.map((note) => `<p class="text-muted">${escape(note)}</p>`).join("")}
				<p>${__("The file has {0} rows. Choose what each column contains. Columns you leave out aren't imported.", [this.file.count])}</p>
				${this.kept()}
				<div class="table-responsive">
					<table class="table table-sm import-choices">
						<thead><tr><th scope="col">${__("Column with sample rows")}</th>
							<th scope="col" style="min-width: 9rem; width: 45%">${__("Field")}</th></tr></thead>
						<tbody>${this.file.headings.map((heading, at) => this.column(heading, at)).join("")}</tbody>
					</table>
				</div>
				${this.first_rows()}
				<div class="import-words"></div>
				<div class="import-everybody"></div>
				<p class="mt-3">
					<button type="button" class="btn btn-primary btn-sm" data-do="check">${__("Check file")}</button>
					<button type="button" class="btn btn-default btn-sm" data-do="keep">${__("Save these choices for next time")}</button>
				</p></details>`);
			this.area.off(".imports");
			this.area.on("change.imports", "[data-column]", (event) => this.choose(event.target));
			this.area.on("change.imports", "[data-word]", ({ target }) => {
				this.form.values[target.dataset.field][target.dataset.word] = target.value;
			});
			this.area.on("change.imports", "[data-kept]", ({ target }) => this.use(target.value));
			this.area.on("click.imports", "[data-do='check']", () => this.check());
			this.area.on("click.imports", "[data-do='keep']", () => this.keep());
			this.show_words();
			this.show_everybody();
		}

		first_rows() {
			const cells = (row, tag) => `<tr>${row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
			return `<details class="mb-3"><summary>${__("Sample rows")}</summary>
				<div class="table-responsive"><table class="table table-sm small">
				<thead>${cells(this.file.headings, "th")}</thead>
				<tbody>${this.file.rows.map((row) => cells(row, "td")).join("")}</tbody></table></div></details>`;
		}

		kept() {
			if (!this.file.kept.length) return "";
			const options = [{ value: "", label: __("Suggested from the file") }];
			for (const name of this.file.kept) options.push({ value: name, label: name });
			return `<p><label>${__("Saved choices")} ${select("data-kept", options, this.file.used || "")}</label></p>`;
		}

		column(heading, at) {
			const groups = {};
			for (const field of this.file.fields) (groups[field.group] ||= []).push(field);
			const chosen = this.form.columns[heading] || "";
			const options = Object.entries(groups)
				.map(
					([group, fields]) =>
						`<optgroup label="${escape(group)}">${fields
							.map(
								(field) =>
									`<option value="${escape(field.key)}" ${field.key === chosen ? "selected" : ""}>${escape(
										field.label + (field.required ? " *" : "")
									)}</option>`
							)
							.join("")}</optgroup>`
				)
				.join("");
			const words = this.file.rows.map((row) => row[at]).filter(Boolean);
			const why = this.form.why?.[heading];
			return `<tr><th scope="row" style="word-break: break-word">${escape(heading) || __("(no heading)")}
					<div class="text-muted font-weight-normal">${escape(words.slice(0, 3).join(" · ").slice(0, 90))}</div></th>
				<td><select class="form-control input-xs" style="appearance: auto" data-column="${escape(heading)}"
						aria-label="${__("Field for column {0}", [escape(heading)])}">
					<option value="">${__("Leave out")}</option>${options}</select>
					${why ? `<div class="small text-muted">${__("Suggested:")} ${escape(why)}</div>` : ""}</td></tr>`;
		}

		choose(target) {
			this.form.columns[target.dataset.column] = target.value;
			$(target).siblings(".small").remove();
			this.read_words();
			this.show_everybody();
		}

		async read_words() {
			const { columns, values, separators } = this.form;
			const name = this.frm.docname;
			this.form.values = await mentor_ispe.call("imports.words", { name, columns, values, separators });
			this.show_words();
		}

		// Only words that aren't ours already ask for an answer.
		show_words() {
			const all = Object.entries(this.form.values).map(([name, words]) => this.words(name, words)).join("");
			this.area
				.find(".import-words")
				.html(all && `<h4 class="mt-4">${__("Match values")}</h4>${all}`);
		}

		field_called(name) {
			const used = new Set(Object.values(this.form.columns));
			return this.file.fields.find((field) => field.name === name && used.has(field.key));
		}

		words(name, words) {
			const field = this.field_called(name);
			if (!field?.choices) return "";
			const labels = Object.fromEntries(field.choices.map(({ value, label }) => [value, label]));
			const lower = (text) => String(text ?? "").toLowerCase();
			const same = (word) => [words[word], labels[words[word]]].map(lower).includes(lower(word));
			const asked = Object.keys(words).filter((word) => !same(word));
			const known = Object.keys(words).length - asked.length;
			asked.sort((one, other) => Boolean(words[one]) - Boolean(words[other]) || one.localeCompare(other));
			if (!asked.length) return "";
			const options = [{ value: "", label: __("Choose…") }, ...field.choices];
			const rows = asked.map(
				(word) => `<tr><th scope="row" style="word-break: break-word">${escape(word)}</th><td style="min-width: 9rem; width: 60%">${select(
					`data-word="${escape(word)}" data-field="${escape(name)}" aria-label="${escape(word)}"`,
					options,
					words[word]
				)}</td></tr>`
			);
			return `<div class="table-responsive"><table class="table table-sm" style="max-width: 40rem">
				<caption class="text-muted py-1" style="caption-side: top">${
					known === 1
						? __("{0} (and one more value)", [escape(field.label)])
						: known
						? __("{0} (and {1} more values)", [escape(field.label), known])
						: escape(field.label)
				}</caption><tbody>${rows.join("")}</tbody></table></div>`;
		}

		// A country or a chapter that the file doesn't say, because it is everybody's.
		show_everybody() {
			const used = new Set(Object.values(this.form.columns));
			const fits = ({ key, required, name, kind }) =>
				!used.has(key) && !required && kind !== "side" && !key.startsWith("either.") && !["first_name", "last_name", "email"].includes(name);
			const fields = this.file.fields.filter(fits);
			for (const key of Object.keys(this.form.constants)) if (used.has(key)) delete this.form.constants[key];
			const given = Object.keys(this.form.constants).filter((key) => this.fields[key]);
			const area = this.area.find(".import-everybody");
			const options = [{ value: "", label: __("Add a value for all rows…") }];
			for (const field of fields) {
				if (!given.includes(field.key)) options.push({ value: field.key, label: `${field.group}: ${field.label}` });
			}
			area.html(`<h4 class="mt-4">${__("Same value for all rows")}</h4>
				<p class="text-muted">${__("For fields the file doesn't contain. Values in the file, and values people entered themselves, take priority.")}</p>
				${given.map((key) => this.constant(this.fields[key])).join("")}
				<div style="max-width: 20rem">${select(`data-add aria-label="${__("Add a value for all rows…")}"`, options, "")}</div>`);
			area.find("[data-add]").on("change", ({ target }) => {
				this.form.constants[target.value] = "";
				this.show_everybody();
				area.find(`[data-constant="${CSS.escape(target.value)}"]`).trigger("focus");
			});
			area.find("[data-constant]").on("change", ({ target }) => this.set_constant(target));
			area.find("[data-remove]").on("click", ({ currentTarget }) => {
				delete this.form.constants[currentTarget.dataset.remove];
				this.show_everybody();
			});
		}

		constant(field) {
			const value = this.form.constants[field.key];
			const attributes = `data-constant="${escape(field.key)}" aria-label="${escape(field.label)}"`;
			const shown = Array.isArray(value) ? value.join(", ") : value;
			const input =
				field.choices && field.kind !== "list"
					? select(attributes, [{ value: "", label: __("Choose…") }, ...field.choices.filter(({ value }) => value !== "(leave empty)")], value)
					: `<input class="form-control input-xs" ${attributes} value="${escape(shown)}"
						type="${field.kind === "number" ? "number" : "text"}" min="0">`;
			return `<div class="d-flex align-items-center mb-2" style="max-width: 40rem; gap: 0.5rem">
				<span style="flex: 1">${escape(field.label)}</span><span style="flex: 1">${input}</span>
				<button type="button" class="btn btn-xs btn-default" data-remove="${escape(field.key)}">${__("Remove")}</button></div>`;
		}

		set_constant({ dataset, value }) {
			const { kind, choices } = this.fields[dataset.constant];
			const by_label = Object.fromEntries((choices || []).map((each) => [each.label.toLowerCase(), each.value]));
			const items = value.split(",").map((item) => item.trim()).filter(Boolean);
			if (kind === "list") value = items.map((item) => by_label[item.toLowerCase()] || item);
			else if (["number", "yes_no"].includes(kind) && value) value = cint(value);
			this.form.constants[dataset.constant] = value;
		}

		async use(title) {
			if (title) this.form = await mentor_ispe.call("imports.kept_form", { name: this.frm.docname, title });
			else this.form = await mentor_ispe.call("imports.guessed_form", { name: this.frm.docname });
			this.file.used = title;
			this.open = true;
			this.show();
		}

		async check() {
			const { columns, values, constants, separators } = this.form;
			await mentor_ispe.call("imports.check", { name: this.frm.docname, columns, values, constants, separators });
			this.then();
		}

		keep() {
			mentor_ispe.imports.keep_choices(this.frm, this.form, this.file.used);
		}
	}
}

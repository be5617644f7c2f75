// A file on its way in: its columns, what would happen with each row, the import, and the way back.
const UNDER_WAY = ["Checking", "Importing", "Undoing"];
const LOOK_AGAIN_MS = 2000;

frappe.ui.form.on("Mentoring Import", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
		frappe.realtime.on("mentoring_import", ({ name }) => {
			if (name === frm.docname) look_again(frm, 0);
		});
	},

	refresh(frm) {
		clearTimeout(frm.import_timer);
		frm.set_intro("");
		const under_way = UNDER_WAY.includes(frm.doc.status);
		const locked = under_way || ["Imported", "Undone", "Closed"].includes(frm.doc.status);
		for (const field of ["kind", "cycle", "role", "file", "sheet", "day_order"]) frm.set_df_property(field, "read_only", locked ? 1 : 0);
		frm.toggle_display("result_section", !frm.is_new());
		if (frm.is_new()) {
			frm.set_intro(__("Choose what the file contains and save. Then attach the file."), "blue");
			return;
		}
		show(frm);
	},

	// Without a second step: a file that is chosen is read.
	file(frm) {
		if (frm.doc.file && !frm.is_new()) frm.save();
	},
});

async function show(frm) {
	const area = frm.get_field("result_html").$wrapper;
	if (!frm.doc.file && !frm.doc.total) {
		area.html(`<p class="text-muted">${__("Attach a file to see its columns here.")}</p>`);
		return;
	}
	const state = await mentor_ispe.imports.state(frm);
	if (state.name !== frm.docname) return;
	area.html(`<div class="import-columns"></div><div class="import-rows"></div>`);
	if (["Draft", "Checked"].includes(state.status) && frm.doc.file) {
		await mentor_ispe.imports.show_columns(frm, area.find(".import-columns"), () => frm.reload_doc());
	}
	mentor_ispe.imports.show_rows(frm, area.find(".import-rows"), state, () => frm.reload_doc());
	if (UNDER_WAY.includes(state.status)) look_again(frm, LOOK_AGAIN_MS);
}

// The page follows a job by itself, also when it was opened again meanwhile.
function look_again(frm, wait) {
	clearTimeout(frm.import_timer);
	frm.import_timer = setTimeout(async () => {
		if (cur_frm !== frm || !frm.doc || frm.is_new()) return;
		const state = await mentor_ispe.imports.state(frm);
		if (state.name !== frm.docname) return;
		if (!UNDER_WAY.includes(state.status)) {
			frm.reload_doc();
			return;
		}
		const area = frm.get_field("result_html").$wrapper.find(".import-rows");
		mentor_ispe.imports.show_progress(frm, area, state, () => frm.reload_doc());
		look_again(frm, LOOK_AGAIN_MS);
	}, wait);
}

// A table that can be sorted by its headings and filtered by a word, and that shows a long list a part at a time.

const ROWS_AT_A_TIME = 50;

/**
 * Fills a container with the table.
 * columns: { title, text(row), value(row) to sort by, numeric, node(row) in place of the text, className }.
 * options: caption, filterLabel (no filter without one), noun and nouns for the count, empty for a list without rows.
 */
function table(container, columns, rows, options) {
  let sorted = null;
  let isDescending = false;
  let filter = "";
  let shown = ROWS_AT_A_TIME;

  const body = html("tbody");
  const count = html("p", { class: "count", role: "status" });
  const more = html("button", { type: "button", class: "table-more", onclick: () => { shown += 4 * ROWS_AT_A_TIME; refresh(); } }, "Show more rows");
  const headings = columns.map((column) => heading(column));
  const input = html("input", { type: "search", oninput: (event) => { filter = event.target.value.trim().toLowerCase(); shown = ROWS_AT_A_TIME; refresh(); } });

  function heading(column) {
    const sort = html("button", { type: "button", onclick: () => sortBy(column) }, column.title, html("span", { class: "direction", "aria-hidden": "true" }, "\u2193"));
    return html("th", { scope: "col", class: column.numeric ? "numeric" : null }, rows.length > 1 ? sort : column.title);
  }

  function sortBy(column) {
    isDescending = sorted === column ? !isDescending : Boolean(column.numeric);
    sorted = column;
    columns.forEach((other, index) => {
      headings[index].removeAttribute("aria-sort");
      if (other === column) {
        headings[index].setAttribute("aria-sort", isDescending ? "descending" : "ascending");
        headings[index].querySelector(".direction").textContent = isDescending ? "\u2193" : "\u2191";
      }
    });
    refresh();
  }

  function matching() {
    const found = filter === "" ? [...rows] : rows.filter((row) => columns.some((column) => column.text(row).toLowerCase().includes(filter)));
    if (!sorted) return found;
    const value = sorted.value ?? sorted.text;
    const sign = isDescending ? -1 : 1;
    return found.sort((one, other) => sign * compare(value(one), value(other)));
  }

  function refresh() {
    const found = matching();
    body.replaceChildren(...found.slice(0, shown).map((row) => html("tr", {}, columns.map((column) => cell(column, row)))));
    more.hidden = found.length <= shown;
    const all = plural(rows.length, options.noun, options.nouns);
    count.textContent = found.length < rows.length ? number(found.length) + " of " + all : all;
  }

  const tools = options.filterLabel && rows.length > 5
    ? html("div", { class: "table-tools" }, html("div", { class: "field" }, html("label", {}, options.filterLabel, html("br"), input)), count)
    : null;
  refresh();
  container.append(...[
    tools,
    html("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": options.caption },
      html("table", {}, html("caption", { class: "visually-hidden" }, options.caption), html("thead", {}, html("tr", {}, headings)), body)),
    more,
  ].filter(Boolean));
}

function cell(column, row) {
  const className = column.numeric ? "numeric" : column.className ?? "text";
  return html("td", { class: className }, column.node ? column.node(row) : column.text(row));
}

/** Missing values come last when rising, so first when falling is avoided by treating them as the smallest. */
function compare(one, other) {
  if (one === other) return 0;
  if (one === null || one === undefined) return -1;
  if (other === null || other === undefined) return 1;
  return typeof one === "string" ? one.localeCompare(other, "en", { numeric: true }) : one - other;
}

/** A pole's name that chooses the pole and goes to its chart; plain text if the run has no such pole. */
function poleLink(run, poleId) {
  const index = run.indexById.get(poleId);
  if (index === undefined) return poleId;
  const choose = () => {
    run.selection.choose(index);
    byId("poles").scrollIntoView({ block: "start" });
  };
  return html("button", { type: "button", class: "link", title: poleId, onclick: choose }, poleId);
}

// The search box for poles: a combobox over name, street and group, usable with the keyboard alone.

const SUGGESTIONS = 12;

function createPoleSearch(run) {
  const haystacks = run.poles.map((pole) => (pole.id + " " + pole.street + " " + pole.group).toLowerCase());
  let found = [];
  let active = -1;

  const list = html("ul", { class: "combobox-list", role: "listbox", id: "pole-suggestions", "aria-label": "Poles", hidden: true });
  const input = html("input", {
    type: "search",
    id: "pole-search-input",
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": "pole-suggestions",
    placeholder: "Name, street or group",
    oninput: () => suggest(),
    onkeydown: (event) => onKey(event),
    onblur: () => close(),
  });

  function suggest() {
    const parts = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (parts.length === 0) {
      close();
      return;
    }
    found = [];
    for (let index = 0; index < haystacks.length && found.length < SUGGESTIONS; index++) {
      if (parts.every((part) => haystacks[index].includes(part))) found.push(index);
    }
    active = found.length ? 0 : -1;
    list.replaceChildren(...found.map((poleIndex, position) => suggestion(poleIndex, position)));
    if (found.length === 0) list.append(html("li", { class: "empty" }, "No pole has that in its name, street or group"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark();
  }

  function suggestion(poleIndex, position) {
    const pole = run.poles[poleIndex];
    // The pointer goes down before the input loses its focus, a click comes after.
    const onpointerdown = (event) => { event.preventDefault(); choose(position); };
    return html("li", { role: "option", id: "pole-suggestion-" + position, onpointerdown }, html("span", {}, pole.id), html("span", { class: "muted" }, pole.street));
  }

  function mark() {
    [...list.children].forEach((item, position) => {
      item.setAttribute("aria-selected", String(position === active));
      if (position === active) item.scrollIntoView({ block: "nearest" });
    });
    if (active >= 0) input.setAttribute("aria-activedescendant", "pole-suggestion-" + active);
    else input.removeAttribute("aria-activedescendant");
  }

  function choose(position) {
    if (position < 0) return;
    run.selection.choose(found[position]);
    input.value = "";
    close();
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function onKey(event) {
    if (list.hidden) return;
    if (event.key === "ArrowDown") active = Math.min(active + 1, found.length - 1);
    else if (event.key === "ArrowUp") active = Math.max(active - 1, 0);
    else if (event.key === "Enter") { choose(active); event.preventDefault(); return; }
    else if (event.key === "Escape") { close(); return; }
    else return;
    event.preventDefault();
    mark();
  }

  byId("pole-search").append(html("label", { for: "pole-search-input" }, "Find a pole"), input, list);
}

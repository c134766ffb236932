// Making elements. Text only ever goes in as text: names come from other people's files, and nothing in them may become markup.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element; attributes that begin with "on" are listeners, children are nodes or text. */
function html(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, name), attributes, children);
}

const byId = (id) => document.getElementById(id);

/** A heading of a section with the id that the section's aria-labelledby names. */
function sectionTitle(sectionId, text) {
  return html("h2", { id: sectionId + "-title" }, text);
}

function definitions(className, pairs) {
  return html("dl", { class: className }, pairs.map(([term, value]) => [html("dt", {}, term), html("dd", {}, value)]));
}

/** Calls back with the width of an element, now and whenever it changes. */
function onWidth(element, callback) {
  let last = 0;
  new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth);
    if (width > 0 && width !== last) {
      last = width;
      callback(width);
    }
  }).observe(element);
}

/** Calls back when the reader changes between light and dark. */
function onThemeChange(callback) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}

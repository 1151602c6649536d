// What the document holds, and the words and tones it is shown in. Text goes in as text only.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const { ground, colours } = read("setting");
const incidents = read("incidents");
const $ = (id) => document.getElementById(id);
const kinds = [...new Set([...Object.keys(colours), ...incidents.map((one) => one.event_type)])];
const DAY = 86400000;
const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
const named = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const told = (day) => named.format(new Date(day * DAY));
const dark = matchMedia("(prefers-color-scheme: dark)");

/** The tone of an event type; on dark ground a lighter one. */
function tone(kind) {
  const colour = /^#[0-9a-f]{6}$/i.test(colours[kind] || "") ? colours[kind] : "#777777";
  if (!dark.matches) return colour;
  const part = (at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.58 + 255 * 0.42);
  return `rgb(${part(1)},${part(3)},${part(5)})`;
}

/** An element with attributes and children; strings become text. */
function make(name, attributes = {}, ...children) {
  const drawn = /^(svg|g|path|circle|rect|text|pattern|defs|clipPath)$/.test(name);
  const element = drawn ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

let first = Infinity, last = -Infinity;
for (const one of incidents) {
  one.from = dayOf(one.date_start);
  one.to = Math.max(one.from, dayOf(one.date_latest || one.date_start));
  first = Math.min(first, one.from);
  last = Math.max(last, one.to);
}
const state = { from: first, to: last, off: new Set(), chosen: null, most: 200 };

/** A region as the subject of a popup: its incidents, its figures with their dates and sources, its claims. */

import { claimList } from './claims.js';
import { button, el, link } from './dom.js';
import { dayYear, number } from './format.js';
import { message } from './incidents.js';
import { called } from './names.js';
import { unitSubject } from './subjects.js';
import { region as words } from './words.js';

/**
 * @param {import('./subjects.js').Context} context
 * @param {{id: string, name: string, kind: string}} properties  of the outline
 * @param {{at: L.LatLng, on: ?string, area: () => ?import('./api.js').Area, openArea: (area: any) => void,
 *   open: (subject: import('./popup.js').Subject) => void}} more
 * @returns {import('./popup.js').Subject}
 */
export function regionSubject(context, properties, { at, on, area, openArea, open }) {
  const kind = words.kind[properties.kind] || '';
  const head = (line) => el('header', { class: 'head' }, el('h3', {}, called(properties.name, properties.id)), el('p', {}, line));
  return {
    key: properties.id,
    at,
    head: () => head(kind),
    async load(signal) {
      const query = { ...context.query(), ...(on ? { on } : {}) };
      const told = await context.get(`regions/${encodeURIComponent(properties.id)}`, query, signal);
      const span = [
        told.valid_from && words.since(dayYear(told.valid_from)), told.valid_to && words.until(dayYear(told.valid_to)),
      ].filter(Boolean);
      return { head: head([kind, ...span].filter(Boolean).join(', ')), body: body(told, area(), openArea, () => open(unitSubject(context, properties, at))) };
    },
  };
}

function body(told, area, openArea, openAll) {
  const counts = [words.incidents(told.incidents)];
  if (told.per_100k !== null && told.per_100k !== undefined) counts.push(words.rate(number(told.per_100k)));
  const quality = words.outline[told.geometry_quality];
  return el('div', { class: 'region' },
    el('p', { class: 'region-count' }, counts.join(' · ')),
    told.incidents ? button({ class: 'textual', on: { click: openAll } }, words.list(told.incidents)) : null,
    area ? button({ class: 'textual', on: { click: () => openArea(area) } }, words.areaOnly(area.n)) : null,
    told.figures.length ? table(told.figures) : message(words.noFigures),
    claimList(told.claims),
    quality || told.note ? el('p', { class: 'region-note' }, [quality, told.note].filter(Boolean).join(' ')) : null);
}

function table(figures) {
  const row = ({ figure, title, value, unit, reference, publisher, url }) => el('tr', {},
    el('th', { scope: 'row' }, words.figures[figure] || title, publisher ? el('small', {}, link(url, publisher)) : null),
    el('td', {}, number(value), unitWords(unit), reference ? el('small', { class: 'as-of' }, asOf(reference)) : null));
  return el('table', {}, el('tbody', {}, ...figures.map(row)));
}

function unitWords(unit) {
  const text = unit in words.units ? words.units[unit] : unit;
  return text ? el('small', {}, text === '%' ? '%' : ` ${text}`) : null;
}

function asOf(reference) {
  if (reference === 'not stated') return words.undated;
  return /^\d{4}-\d\d-\d\d$/.test(reference) ? dayYear(reference) : reference;
}

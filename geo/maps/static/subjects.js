/** What a popup can be about: the incidents of a mark, or those known only to an area. */

import { el } from './dom.js';
import { number, span } from './format.js';
import { incidentList, message, shareBar, typeDot } from './incidents.js';
import { called } from './names.js';
import { incidents as incidentWords, popup as words, types as typeWords } from './words.js';

const LIMIT = 200;

/**
 * @typedef {Object} Context
 * @property {(path: string, query?: Object, signal?: AbortSignal) => Promise<any>} get
 * @property {() => import('./api.js').Query} query
 * @property {() => import('./api.js').Cells} reply
 * @property {(lon: number, lat: number) => string} around  a name for a point without one
 * @property {(id: string) => ?string} figure  a region's value while regions are shaded
 * @property {() => string} figureTitle
 * @property {import('./theme.js').Theme} theme
 * @property {Array<{name: string, label: string}>} types
 */

/** The incidents at a mark. @param {Context} context */
export function markSubject(context, { cells, names, places, n, types, lat, lon }) {
  const title = () => (names.length ? placeTitle(names, places) : context.around(lon, lat));
  const counts = () => {
    const own = context.reply().marks.filter(({ cell }) => cells.includes(cell));
    const none = context.reply().types.map(() => 0);
    return own.length ? own.reduce((sum, mark) => sum.map((count, i) => count + mark.types[i]), none) : null;
  };
  return {
    ...listSubject(context, { title, note: '', first: { n, types }, counts, params: { cell: cells } }),
    key: cells.join(' '), at: L.latLng(lat, lon), cells,
  };
}

/** The incidents known only to an area. @param {Context} context @param {import('./api.js').Area} area */
export function areaSubject(context, area, at) {
  if (!area.n && area.note) return landmarkSubject(context, area, at);
  const counts = () => (context.reply().areas.find(({ id }) => id === area.id) || {}).types || null;
  const note = words.areaNote[area.precision] || '';
  return {
    ...listSubject(context, { title: () => called(area.name, area.id), note, first: area, counts, params: { area: area.id } }),
    key: area.id, at,
  };
}

/** A wider area that the data names: why, and what is on record in its regions. */
function landmarkSubject(context, { id, name, note, regions, types }, at) {
  return {
    ...listSubject(context, {
      title: () => called(name, id), note, first: { n: null, types }, counts: () => null, params: { admin1: regions }, say: (n) => words.landmark(n),
    }),
    key: id, at,
  };
}

/** Every incident in a region, at a point or not. */
export function unitSubject(context, { id, name }, at) {
  return {
    ...listSubject(context, {
      title: () => called(name, id), note: '', first: { n: null, types: null }, counts: () => null, params: { admin1: [id] }, say: (n) => words.all(n),
    }),
    key: `all ${id}`, at,
  };
}

function placeTitle(english, places) {
  const names = english.map((name) => called(name));
  if (places > 2 || names.length > 2) return words.nearby(names[0], Math.max(places, names.length) - 1);
  if (names.length === 2) return words.pair(names[0], names[1]);
  return places > 1 ? words.nearby(names[0], places - 1) : names[0];
}

function listSubject(context, { title, note, first, counts, params, say = (n) => incidentWords(n) }) {
  const head = (n, types, period) => {
    const pairs = types ? context.reply().types.map((type, i) => [type, types[i]]) : [];
    const line = [n === null ? '' : say(n), period].filter(Boolean).join(', ');
    return el('header', { class: 'head' },
      el('h3', {}, title()),
      el('p', {}, [line, note].filter(Boolean).join('; ')),
      pairs.length && n ? shareBar(pairs, context.theme) : null,
      pairs.length && n ? chips(pairs, context) : null);
  };
  return {
    head: () => head(first.n, first.types, asked(context.query())),
    async load(signal) {
      const answer = await context.get('details', { ...context.query(), ...params, limit: String(LIMIT) }, signal);
      const { total, incidents } = answer;
      const period = asked(context.query()) || told(incidents);
      const listed = incidents.length === total ? tally(incidents, context.reply().types) : counts();
      const body = el('div', {}, total ? incidentList(incidents, context.theme) : message(words.gone));
      if (incidents.length < total) body.append(message(words.first(incidents.length, total)));
      return { head: head(total, listed, period), body };
    },
  };
}

function chips(pairs, { theme }) {
  const shown = pairs.filter(([, n]) => n);
  return el('ul', { class: 'chips' },
    ...shown.map(([type, n]) => el('li', {}, typeDot(type, theme), `${typeWords[type] || type} ${number(n)}`)));
}

/** The days the query names, where it names both. */
const asked = ({ start, end }) => (start && end ? span(start, end) : '');

/** Else the days of the incidents themselves. */
function told(incidents) {
  const days = incidents.flatMap(({ date_start: start, date_end: end }) => [start, end || start]).sort();
  return days.length ? span(days[0], days[days.length - 1]) : '';
}

const tally = (incidents, types) => types.map((type) => incidents.filter(({ event_type: own }) => own === type).length);

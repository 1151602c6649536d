/**
 * Incidents as a list by day, for the popup and the panel: what happened, when and where and how exactly,
 * what it cost as ranges, who said so and since when that was known.
 */

import { el, link } from './dom.js';
import { day, dayHeading, dayLong, monthYear, range, spanLong } from './format.js';
import { called } from './names.js';
import { item as words, kinds, notice, types } from './words.js';

/** @param {any[]} incidents  sorted by day @param {import('./theme.js').Theme} theme */
export function incidentList(incidents, theme) {
  const several = new Set(incidents.map(({ place }) => place)).size > 1;
  const days = new Map();
  for (const incident of incidents) {
    if (!days.has(incident.date_start)) days.set(incident.date_start, []);
    days.get(incident.date_start).push(incident);
  }
  const sections = [...days].map(([iso, ofDay]) => el('section', { class: 'day' },
    el('h4', {}, dayHeading(iso), el('span', {}, String(ofDay.length))),
    ...ofDay.map((incident) => entry(incident, theme, several))));
  return el('div', { class: 'days' }, ...sections);
}

/** A row of type shares. @param {Array<[string, number]>} counts  [type, n] */
export function shareBar(counts, theme) {
  const parts = counts.filter(([, n]) => n).map(([type, n]) => {
    const part = el('i', { title: `${types[type] || type}: ${n}` });
    part.style.background = theme.event[type];
    part.style.flexGrow = String(n);
    return part;
  });
  return el('div', { class: 'bar', 'aria-hidden': 'true' }, ...parts);
}

/** A round sample of a type's colour. */
export function typeDot(type, theme) {
  const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
  dot.style.background = theme.event[type];
  return dot;
}

/** A message in place of a list. */
export function message(text, ...more) {
  return el('p', { class: 'message' }, text, ...more);
}

export const loading = () => message(notice.loading);

function entry(incident, theme, several) {
  const { title, summary } = incident;
  return el('article', { class: 'entry', 'data-entry': incident.id },
    typeDot(incident.event_type, theme),
    el('div', {},
      kindLine(incident, several),
      el('p', { class: 'entry-title' }, title || summary),
      summary && title && summary !== title ? el('p', { class: 'entry-summary' }, summary) : null,
      costLine(incident),
      incident.today ? el('p', { class: 'entry-today' }, words.today(costs(incident.today) || '–')) : null,
      el('p', { class: 'entry-meta' }, [whenWords(incident), whereWords(incident)].filter(Boolean).join('. ') + '.'),
      sources(incident)));
}

/** The kind in the finest words there are, then the site, the place where several are listed, the time. */
function kindLine(incident, several) {
  const { event_type: type, sub_event_type: sub, source_type: own, place, place_text: text, time_local: time } = incident;
  const label = types[type] || type;
  const kind = sub && sub !== 'Other' ? kinds[sub] || sub : own || label;
  const site = incident.location_precision === 'site' || incident.location_precision === 'district' ? text : null;
  const where = site && site !== place ? site : several && place && called(place);
  const rest = [where, time].filter(Boolean);
  return el('p', { class: 'entry-kind' },
    el('b', { title: label }, capital(kind)), kind === label ? null : el('span', { class: 'unseen' }, ` (${label})`),
    ...rest.map((part) => ` · ${part}`));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function costLine(incident) {
  const text = costs(incident);
  return text ? el('p', { class: 'entry-cost' }, text) : null;
}

/** Numbers of people as ranges. */
function costs(incident) {
  const of = (low, best, high, phrase) => {
    const text = range(incident[low], incident[best], incident[high]);
    return text && phrase(text);
  };
  const parts = [
    of('fatalities_low', 'fatalities_best', 'fatalities_high', words.killed),
    of('injured_low', 'injured', 'injured_high', words.injured),
    of('arrested_low', 'arrested', 'arrested_high', words.arrested),
    of('participants_low', 'participants', 'participants_high', words.participants),
  ].filter(Boolean);
  return parts.join(' · ');
}

/** How exactly the day is known; nothing where the heading says it all. */
function whenWords({ date_start: start, date_end: end, date_precision: precision }) {
  if (precision === 'week') return words.week(dayLong(start));
  if (precision === 'month') return words.month(monthYear(start));
  if (precision === 'unknown') return words.unknownDay;
  if (end && end !== start) return words.within(spanLong(start, end));
  return precision === 'range' && !end ? words.from(dayLong(start)) : '';
}

function whereWords({ location_precision: precision, uncertainty_km: km }) {
  const text = words.where[precision] || '';
  const radius = km && precision !== 'country' && precision !== 'macro-region' && precision !== 'region';
  const whole = radius ? `${text} (${words.radius(km)})` : text;
  return capital(whole);
}

function dated(phrases, basis, iso) {
  if (basis === 'event' || !iso) return phrases.event;
  const phrase = phrases[basis] || phrases.stated;
  if (typeof phrase !== 'function') return phrase;
  return phrase(basis === 'month' ? monthYear(iso) : basis === 'year' ? iso.slice(0, 4) : day(iso));
}

function sources(incident) {
  const [first, ...others] = incident.reports;
  const known = dated(words.known, incident.first_reported_basis, incident.first_reported_on);
  if (!first) return el('p', { class: 'entry-source' }, known);
  const box = el('div', { class: 'entry-source' }, link(first.url, first.publisher), ...flags(first), `, ${known}`);
  if (others.length) {
    box.append(el('details', {}, el('summary', {}, words.others(others.length)), el('ul', {}, ...others.map(report))));
  }
  return box;
}

function report(told) {
  const when = dated(words.reported, told.reported_basis, told.reported_on);
  const text = told.summary ? `: ${told.summary}` : null;
  return el('li', {}, link(told.url, told.publisher), ...flags(told), ` (${when})`, text);
}

function flags({ weak, scope, also }) {
  const flag = (text, hint) => el('span', { class: 'flag', title: hint || null }, text);
  return [
    weak && flag(words.weak, words.weakHint),
    scope === 'total' && flag(words.totals),
    also && flag(words.wider),
  ].filter(Boolean).flatMap((node) => [' ', node]);
}

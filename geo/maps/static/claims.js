/** Claims about a region: who said what, since when, and what became of it by the day that is asked for. */

import { el, link } from './dom.js';
import { dayYear, monthYear, number } from './format.js';
import { item, region as words } from './words.js';

/** @param {any[]} claims  rows of the ledger, oldest first @returns {HTMLElement} */
export function claimList(claims) {
  if (!claims.length) return el('p', { class: 'region-note' }, words.noClaims);
  const metrics = new Map();
  for (const claim of claims) {
    if (!metrics.has(claim.metric)) metrics.set(claim.metric, []);
    metrics.get(claim.metric).push(claim);
  }
  const deadly = (name) => (name === 'killed' ? 0 : name.startsWith('killed') ? 1 : 2);
  const ordered = [...metrics].sort(([a], [b]) => deadly(a) - deadly(b));
  return el('div', { class: 'claims' }, el('h4', {}, words.claims), ...ordered.map(([metric, rows]) => (
    el('section', {}, el('h5', {}, words.metrics[metric] || plain(metric)), el('ul', {}, ...rows.map(entry))))));
}

/** Withdrawn figures are struck through; replaced and disputed ones are said to be so. */
function entry(claim) {
  const stands = claim.status === 'stands';
  const value = el(claim.status === 'retracted' ? 's' : 'b', {}, amount(claim));
  return el('li', { class: `claim is-${claim.status}`, 'data-claim': claim.id },
    value, stands ? null : el('span', { class: 'flag' }, fate(claim)),
    el('span', { class: 'claim-by' }, claim.claimed_by, ' · ', said(claim), ' · ', link(claim.url, claim.publisher)));
}

function amount({ value, qualifier }) {
  if (value === null || value === undefined) return words.noNumber;
  const worded = words.qualifier[qualifier];
  return worded ? worded(number(value)) : number(value);
}

function fate({ status, withdrawn_on: day }) {
  if (status === 'retracted' && day) return words.status.retractedOn(dayYear(day));
  return words.status[status] || status;
}

/** When it was said, as far as that is known. */
function said({ reported_on: iso, reported_basis: basis }) {
  const { stated, month, year, unknown } = item.reported;
  if (!iso || basis === 'unknown') return unknown;
  if (basis === 'month') return month(monthYear(iso));
  return basis === 'year' ? year(iso.slice(0, 4)) : stated(dayYear(iso));
}

const plain = (metric) => metric.charAt(0).toUpperCase() + metric.slice(1).replaceAll('_', ' ');

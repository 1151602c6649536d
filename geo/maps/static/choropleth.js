/**
 * Regions shaded by a figure. A region without one gets dots, which no shade and no hatch looks like.
 *
 * @typedef {Object} Told  as /api/figure answers
 * @property {string} name
 * @property {string} unit
 * @property {string} reference  the days or periods the values refer to
 * @property {string} population  the same of the people a rate is per
 * @property {string} source  publishers
 * @property {number[]} classes  limits: the least value, then the greatest of each class
 * @property {Object<string, ?{value: number, class: number, low?: number, high?: number}>} values  by region
 */

import { encode, isAborted, latest } from './api.js';
import { button, el, svg } from './dom.js';
import { dayYear, number, span } from './format.js';
import { figure as words, notice } from './words.js';

export const DOTS = 'no-figure';
const OWN = ['incidents', 'incidents_per_100k', 'deaths_per_100k'];

export class Choropleth {
  /**
   * @param {import('./subjects.js').Context} context
   * @param {import('./base.js').Base} base
   * @param {() => void} changed  called when other shades are to be explained
   */
  constructor(context, base, changed) {
    this.context = context;
    this.base = base;
    this.changed = changed;
    this.request = latest();
    this.asked = '';
    /** @type {?Told} */
    this.told = null;
  }

  /** Shade by this figure; an empty name takes the shades away. */
  async set(name, query) {
    const params = name ? { ...query, name } : {};
    const asked = encode(params);
    if (asked === this.asked) return;
    this.asked = asked;
    this.request.cancel();
    let told = null;
    if (name) {
      if (!this.told) {
        this.told = { name, waiting: true };
        this.changed();
      }
      try {
        told = await this.context.get('figure', params, this.request.next());
      } catch (error) {
        if (isAborted(error) || asked !== this.asked) return;
        this.asked = '';
        told = { name, failed: true, retry: () => this.set(name, query) };
      }
    }
    if (name && asked !== this.asked && !told.failed) return;
    this.told = told;
    this.paint();
    this.changed();
  }

  /** Colour the outlines that are drawn now. */
  paint() {
    const { told, base, context: { theme } } = this;
    const shaded = isShaded(told);
    const { dataset } = document.documentElement;
    if (shaded) dataset.figure = told.name;
    else delete dataset.figure;
    base.shaded = shaded;
    base.paint();
    if (shaded) base.defs.append(dots(DOTS, theme));
    const shades = shaded ? steps(theme.shades, told.classes.length - 1) : [];
    for (const [id, { layer }] of base.regions) {
      if (!layer._path) continue;
      const found = shaded && told.values[id];
      layer._path.style.fill = shaded ? (found ? shades[found.class] : `url(#${DOTS})`) : '';
    }
  }

  /** The figure that shades the regions, by its title; empty while there is none. */
  title() {
    return isShaded(this.told) ? words.names[this.told.name] : '';
  }

  /** A region's value as text, for lists; null while there are no shades. */
  text(id) {
    const { told } = this;
    if (!isShaded(told)) return null;
    const found = told.values[id];
    return found ? amount(found) : words.none;
  }
}

const isShaded = (told) => Boolean(told && told.values);

const amount = ({ value, low, high }) => (
  low === undefined || low === high ? rounded(value) : `${rounded(low)}–${rounded(high)}`);

/** As many digits as matter: '2,981', '12.3', '0.84' */
const rounded = (value) => number(Number(Math.abs(value) < 1000 ? value.toPrecision(3) : value.toFixed(0)));

/** As many shades as there are classes, spread over all. */
function steps(shades, n) {
  return Array.from({ length: n }, (_, i) => shades[n < 2 ? shades.length - 1 : Math.round((i * (shades.length - 1)) / (n - 1))]);
}

function dots(id, { ground }) {
  return svg('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
    svg('rect', { width: 6, height: 6, fill: ground.home }),
    svg('circle', { cx: 1.5, cy: 1.5, r: 0.8, fill: ground.hatch }),
    svg('circle', { cx: 4.5, cy: 4.5, r: 0.8, fill: ground.hatch }));
}

/** The shades explained. @param {Told} told @param {import('./theme.js').Theme} theme */
export function shadesKey(told, theme) {
  const title = el('b', {}, words.names[told.name] || told.title);
  if (told.failed) {
    return el('div', { class: 'key-figure' }, words.failed, button({ class: 'textual', on: { click: told.retry } }, notice.retry));
  }
  if (told.waiting) return el('div', { class: 'key-figure' }, title, el('span', { class: 'key-source' }, words.loading));
  const unit = told.unit in words.units ? words.units[told.unit] : told.unit;
  const refers = [when(told.reference), told.population && words.population(when(told.population))].filter(Boolean).join('; ');
  const own = OWN.includes(told.name) ? [words.ownSource] : [];
  const sources = [...own, ...(told.source ? [words.source(told.source)] : [])].join('. ');
  const scale = el('span', { class: 'key-scale' });
  const shades = steps(theme.shades, told.classes.length - 1);
  shades.forEach((shade, number) => {
    const held = Object.values(told.values).filter((found) => found && found.class === number).map(({ value }) => value);
    const ends = [...new Set([Math.min(...held), Math.max(...held)].map(rounded))];
    const box = el('i');
    box.style.background = shade;
    scale.append(el('span', {}, box, ends.join('–')));
  });
  const missing = Object.values(told.values).some((found) => !found);
  return el('div', { class: 'key-figure', role: 'group', 'aria-label': words.label },
    el('span', {}, title, unit ? `, ${unit}` : '', refers ? ` (${refers})` : ''),
    told.classes.length ? scale : null,
    missing ? el('span', { class: 'key-part' }, dotsBox(theme), words.none) : null,
    el('span', { class: 'key-source' }, sources));
}

function dotsBox(theme) {
  return svg('svg', { class: 'key-box', width: 22, height: 14, 'aria-hidden': 'true' },
    svg('defs', {}, dots('no-figure-key', theme)),
    svg('rect', { x: 0.5, y: 0.5, width: 21, height: 13, fill: 'url(#no-figure-key)', stroke: theme.ground.mute }));
}

/** '2022-01-01' as a day, '2022-01-01/2022-01-13' as a span, anything else as it is. */
function when(reference) {
  return reference.split('; ').map((part) => {
    const days = part.split('/');
    if (!days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day))) return part;
    return days.length === 2 ? span(days[0], days[1]) : dayYear(part);
  }).join('; ');
}

/** The key below the map, in plain words: colours, rings, hatches, outlines and sizes. */

import { hatchGlyph } from './areas.js';
import { shadesKey } from './choropleth.js';
import { button, el, svg } from './dom.js';
import { typeDot } from './incidents.js';
import { dotRadius } from './marks.js';
import { key as words, types as typeWords } from './words.js';

const HARM_SAMPLES = [0, 20];

export class Legend {
  /** @param {Array<{name: string, label: string}>} types @param {import('./theme.js').Theme} theme */
  constructor(types, theme) {
    this.types = types;
    this.theme = theme;
    this.node = el('div', { class: 'key', role: 'group', 'aria-label': words.label });
    document.body.append(this.node);
    const root = document.documentElement;
    new ResizeObserver(() => root.style.setProperty('--key-height', `${this.node.offsetHeight}px`)).observe(this.node);
    this.shown = '';
  }

  /** Write the words again, in the language that now holds. */
  relabel() {
    this.node.setAttribute('aria-label', words.label);
    if (this.what) this.draw();
  }

  /**
   * @param {{present: Set<string>, approximate: boolean, macro: boolean, region: boolean, nationwide: boolean,
   *   radius: boolean, earlier: boolean, figure: ?import('./choropleth.js').Told}} what  is drawn
   */
  update(what) {
    const { figure, ...rest } = what;
    const state = [...what.present, JSON.stringify(rest), this.theme.name].join();
    if (state === this.shown && figure === (this.what && this.what.figure)) return;
    this.shown = state;
    this.what = what;
    this.draw();
  }

  draw() {
    const { ground } = this.theme;
    const { present, approximate, macro, region, nationwide, radius, earlier, figure } = this.what;
    const part = (text, sample, extra = '') => el('span', { class: `key-part${extra}` }, sample, text);
    const shown = this.types.filter(({ name }) => present.has(name));
    const colours = shown.map(({ name, label }) => part(typeWords[name] || label, typeDot(name, this.theme)));
    const parts = [...colours, el('span', { class: 'key-gap' }), part(words.point, spot(ground), ' is-sign'), part(words.several, this.ring(), ' is-sign')];
    if (earlier) parts.push(part(words.earlier, ghost(ground), ' is-sign'));
    if (radius) parts.push(part(words.radius, within(ground), ' is-sign'));
    if (region) parts.push(part(words.region, hatchBox(ground), ' is-sign'));
    if (macro) parts.push(part(words.macro, stroke(ground.ink, 1.6, '6 3'), ' is-sign'));
    if (approximate) parts.push(part(words.approximate, stroke(ground['border-home'], 1, '2 2'), ' is-sign'));
    parts.push(this.sizes());
    if (nationwide) parts.push(part(words.country, '', ' is-sign key-note'));
    const open = this.node.classList.contains('is-whole');
    parts.push(button({
      class: 'textual key-more', 'aria-expanded': String(open), on: { click: () => this.toggle() },
    }, open ? words.less : words.more));
    if (figure) parts.unshift(shadesKey(figure, this.theme));
    this.node.replaceChildren(...parts);
  }

  toggle() {
    this.node.classList.toggle('is-whole');
    this.draw();
  }

  ring() {
    const shares = [['Protests', 0, 0.5], ['Riots', 0.5, 0.8], ['Strategic developments', 0.8, 1]];
    const at = (share) => `${10 + 7.4 * Math.sin(share * 2 * Math.PI)} ${10 - 7.4 * Math.cos(share * 2 * Math.PI)}`;
    const arcs = shares.map(([type, from, to]) => svg('path', {
      d: `M${at(from)}A7.4 7.4 0 0 1 ${at(to)}`, fill: 'none', 'stroke-width': 3.4, stroke: this.theme.event[type],
    }));
    const count = svg('text', {
      x: 10, y: 13.4, 'text-anchor': 'middle', 'font-size': 10, 'font-weight': 600, fill: this.theme.ground.ink,
    }, '5');
    return svg('svg', { width: 20, height: 20, 'aria-hidden': 'true' }, ...arcs, count);
  }

  sizes() {
    const { mute } = this.theme.ground;
    const samples = HARM_SAMPLES.flatMap((harm) => {
      const r = dotRadius(harm);
      const circle = svg('circle', { cx: r + 1, cy: r + 1, r, fill: 'none', stroke: mute, 'stroke-width': 1.2 });
      return [svg('svg', { width: 2 * r + 2, height: 2 * r + 2, 'aria-hidden': 'true' }, circle), String(harm)];
    });
    return el('span', { class: 'key-part is-sign key-sizes' }, ...samples, el('span', {}, words.size));
  }
}

function hatchBox({ mute }) {
  const glyph = hatchGlyph();
  const box = el('span', { class: 'key-hatch' }, glyph);
  box.style.color = mute;
  return box;
}

const sign = (...shapes) => svg('svg', { width: 14, height: 14, 'aria-hidden': 'true' }, ...shapes);

function spot({ mute }) {
  return sign(svg('circle', { cx: 7, cy: 7, r: 4.5, fill: mute }));
}

function ghost({ faint }) {
  return sign(svg('circle', { cx: 7, cy: 7, r: 3.5, fill: 'none', stroke: faint, 'stroke-width': 1.3 }));
}

function within({ mute }) {
  return sign(svg('circle', { cx: 7, cy: 7, r: 2, fill: mute }),
    svg('circle', { cx: 7, cy: 7, r: 6, fill: 'none', stroke: mute, 'stroke-dasharray': '2 2' }));
}

function stroke(colour, width, dashes) {
  return svg('svg', { width: 22, height: 10, 'aria-hidden': 'true' },
    svg('path', { d: 'M0 5H22', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dashes }));
}

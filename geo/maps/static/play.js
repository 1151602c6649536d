/**
 * Playing the days: a control in the map that hands each day to the layer directly, without asking the
 * page. It shows one day at a time with the marks of earlier days in grey, or all up to the day.
 */

import { encode } from './api.js';
import { button, el, isPhone, isStill, svg } from './dom.js';
import { dayYear, later } from './format.js';
import { Histogram } from './histogram.js';
import { play as words } from './words.js';

const SPEEDS = { slow: 2000, normal: 1100, fast: 450 };
const BELOW = 20; // pixels under the control, as in play.css
const STILL = 2; // times slower where motion is unwelcome

/**
 * @typedef {Object} Cursor  what one step shows
 * @property {string} day
 * @property {import('./api.js').Query} query
 * @property {?import('./api.js').Query} before  what is drawn in grey
 */
export class Play {
  /**
   * @param {L.Map} map
   * @param {import('./subjects.js').Context} context
   * @param {{query: () => import('./api.js').Query, show: (cursor: ?Cursor) => Promise<boolean>,
   *   ahead: (cursors: Cursor[]) => void, reply: () => import('./api.js').Cells, frame: () => void}} layer
   */
  constructor(map, context, layer) {
    this.map = map;
    this.context = context;
    this.layer = layer;
    this.speed = 'normal';
    this.mode = 'window';
    this.at = 0;
    this.timer = 0;
    this.opener = button({ class: 'play-open', on: { click: () => this.open(true) } });
    this.bar = el('div', { class: 'play-bar', role: 'group', hidden: true, on: { keydown: (event) => this.keys(event) } });
    const corner = L.control({ position: 'topright' });
    corner.onAdd = () => this.opener;
    corner.addTo(map);
    map.getContainer().append(this.bar);
    for (const node of [this.opener, this.bar]) {
      L.DomEvent.disableClickPropagation(node);
      L.DomEvent.disableScrollPropagation(node);
    }
    this.relabel();
  }

  get isOpen() {
    return !this.bar.hidden;
  }

  /** How much of the map the control takes from below, in pixels: only on phones it lies there. */
  depth() {
    return this.isOpen && isPhone() ? this.bar.offsetHeight + BELOW : 0;
  }

  /** Show the control. @param {boolean} focus  whether the reader asked for it here */
  async open(focus = false) {
    if (this.isOpen) return;
    this.bar.hidden = false;
    this.opener.hidden = true;
    this.build();
    this.set(words.day, '');
    this.layer.frame();
    const asked = encode(this.layer.query());
    let told;
    try {
      told = await this.context.get('days', this.layer.query());
    } catch (error) {
      this.set('', words.failed);
      return;
    }
    if (!this.isOpen || asked !== encode(this.layer.query())) return;
    this.days = told.counts.map((_, n) => later(told.first, n));
    this.histogram.fill(told, this.days);
    if (focus) this.buttons.play.focus({ preventScroll: true });
    if (!this.days.length) {
      this.set('', words.empty);
      return;
    }
    await this.go(0);
    if (!isStill()) this.start();
  }

  /** Back to what the page asks for. @param {boolean} [show]  whether to draw it again */
  end(show = true) {
    if (!this.isOpen) return;
    this.pause();
    const held = this.bar.contains(document.activeElement);
    this.bar.hidden = true;
    this.opener.hidden = false;
    this.days = null;
    this.bar.replaceChildren();
    delete document.documentElement.dataset.playing;
    this.layer.ahead([]);
    if (held) this.opener.focus({ preventScroll: true });
    this.layer.frame();
    if (show) this.layer.show(null);
  }

  build() {
    const act = (name, icon, click) => button({ class: `play-${name}`, on: { click } }, glyph(icon));
    this.buttons = {
      back: act('step', 'back', () => this.step(-1)),
      play: act('toggle', 'play', () => this.toggle()),
      forward: act('step', 'forward', () => this.step(1)),
      end: button({ class: 'play-end', on: { click: () => this.end() } }, '×'),
    };
    this.date = el('div', { class: 'play-date', role: 'status', 'aria-live': 'polite' });
    this.count = el('div', { class: 'play-count' });
    this.histogram = new Histogram(this.context, (at) => {
      this.pause();
      this.go(at);
    });
    const { back, play, forward, end } = this.buttons;
    this.choices = el('div', { class: 'play-choices' });
    this.bar.replaceChildren(
      el('div', { class: 'play-head' },
        el('div', { class: 'play-buttons' }, back, play, forward),
        el('div', { class: 'play-day' }, this.date, this.count),
        end),
      this.histogram.node,
      this.choices,
    );
    this.relabel();
  }

  /** Write the words again, in the language that now holds. */
  relabel() {
    this.opener.replaceChildren(glyph('play'), el('span', {}, words.open));
    this.bar.setAttribute('aria-label', words.label);
    if (!this.isOpen) return;
    for (const name of ['back', 'forward', 'end']) this.name(this.buttons[name], words[name]);
    this.histogram.relabel();
    this.choose();
    this.running();
    if (this.days && this.days.length) this.tell();
  }

  name(node, text) {
    node.title = text;
    node.setAttribute('aria-label', text);
  }

  /** Speed and mode as two rows of buttons. */
  choose() {
    const group = (label, names, chosen, pick) => el('div', { role: 'group', 'aria-label': label },
      ...names.map((name) => button({
        'aria-pressed': String(name === chosen), 'data-choice': name, on: { click: () => pick(name) },
      }, words[name])));
    const held = this.choices.contains(document.activeElement) && document.activeElement.dataset.choice;
    this.choices.replaceChildren(
      group(words.mode, ['window', 'cumulative'], this.mode, (name) => {
        this.mode = name;
        this.choose();
        this.go(this.at);
      }),
      group(words.speed, Object.keys(SPEEDS), this.speed, (name) => {
        this.speed = name;
        this.choose();
        if (this.timer) this.schedule(0);
      }),
    );
    if (held) this.choices.querySelector(`[data-choice=${held}]`).focus({ preventScroll: true });
  }

  keys(event) {
    const acts = {
      ArrowLeft: () => this.step(-1),
      ArrowRight: () => this.step(1),
      Home: () => this.histogram.pick(0),
      End: () => this.histogram.pick(Infinity),
      Escape: () => this.end(),
    };
    if (event.target.tagName !== 'BUTTON') acts[' '] = () => this.toggle();
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  toggle() {
    if (this.timer) this.pause();
    else this.start();
  }

  start() {
    if (!this.days || !this.days.length) return;
    if (this.at === this.days.length - 1) this.go(0);
    this.schedule(0);
    this.running();
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.running();
  }

  /** The next step, so long after the one before began; never before that one has been drawn. */
  schedule(spent) {
    clearTimeout(this.timer);
    const pause = SPEEDS[this.speed] * (isStill() ? STILL : 1);
    const timer = setTimeout(async () => {
      if (this.at >= this.days.length - 1) {
        this.pause();
        return;
      }
      const began = performance.now();
      await this.go(this.at + 1);
      if (this.timer === timer) this.schedule(performance.now() - began);
    }, Math.max(60, pause - spent));
    this.timer = timer;
  }

  step(by) {
    if (!this.days || !this.days.length) return;
    this.pause();
    this.go(this.at + by);
  }

  /** Show a day, and fetch what is likely to be wanted next. */
  async go(at) {
    this.at = Math.max(0, Math.min(this.days.length - 1, at));
    const here = this.at;
    const began = performance.now();
    this.tell();
    const drawn = await this.layer.show(this.cursor(here));
    if (!drawn || !this.isOpen || here !== this.at) return;
    await new Promise(requestAnimationFrame);
    if (!this.isOpen || here !== this.at) return;
    const { dataset } = document.documentElement;
    dataset.playing = this.days[here];
    dataset.step = (performance.now() - began).toFixed(1);
    this.tell();
    // At rest the day before may be wanted as well.
    const near = this.timer ? [here + 1] : [here + 1, here - 1];
    this.layer.ahead(near.filter((day) => day in this.days).map((day) => this.cursor(day)));
  }

  /** @returns {Cursor} */
  cursor(at) {
    const day = this.days[at];
    const query = this.layer.query();
    const until = (last) => ({ ...query, end: last });
    if (this.mode === 'cumulative') return { day, query: until(day), before: null };
    return { day, query: { ...query, start: day, end: day }, before: at ? until(later(day, -1)) : null };
  }

  tell() {
    const n = this.histogram.total(this.at);
    const reply = this.layer.reply();
    const text = this.mode === 'window' ? (n ? words.onDay(n) : words.none) : reply ? words.untilDay(reply.total) : '';
    this.set(dayYear(this.days[this.at]), text);
    this.histogram.mark(this.at);
    this.buttons.back.disabled = this.at === 0;
    this.buttons.forward.disabled = this.at === this.days.length - 1;
  }

  set(date, count) {
    if (this.date.textContent !== date) this.date.textContent = date;
    this.count.textContent = count;
  }

  running() {
    if (!this.isOpen || !this.buttons) return;
    const { play } = this.buttons;
    play.replaceChildren(glyph(this.timer ? 'pause' : 'play'));
    this.name(play, this.timer ? words.pause : words.play);
  }

  repaint() {
    if (this.isOpen) this.histogram.paint();
  }
}

const SHAPES = {
  play: 'M3 1.5v11l9-5.5z',
  pause: 'M2.5 2h3v10h-3zM8.5 2h3v10h-3z',
  back: 'M11 2v10L4.5 7zM2.5 2h1.6v10H2.5z',
  forward: 'M3 2v10l6.5-5zM9.9 2h1.6v10H9.9z',
};

function glyph(name) {
  return svg('svg', { width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
    svg('path', { d: SHAPES[name], fill: 'currentColor' }));
}

/** Incidents per day by event type, small enough for a control; a slider for the day that is shown. */

import { el } from './dom.js';
import { day, dayYear } from './format.js';
import { play as words } from './words.js';

const HEIGHT = 46;
const FOOT = 15;
const PALE = 0.38;

export class Histogram {
  /** @param {{theme: import('./theme.js').Theme}} context @param {(at: number) => void} choose */
  constructor({ theme }, choose) {
    this.theme = theme;
    this.choose = choose;
    this.days = [];
    this.counts = [];
    this.at = 0;
    this.canvas = el('canvas', { 'aria-hidden': 'true' });
    this.node = el('div', {
      class: 'play-histogram', role: 'slider', tabindex: 0, 'aria-valuemin': 0,
      on: { pointerdown: (event) => this.grab(event), pointermove: (event) => this.drag(event) },
    }, this.canvas);
    new ResizeObserver(() => this.paint()).observe(this.node);
  }

  /** @param {{types: string[], counts: number[][]}} told  as /api/days answers @param {string[]} days */
  fill({ types, counts }, days) {
    this.types = types;
    this.counts = counts;
    this.days = days;
    this.totals = counts.map((row) => row.reduce((sum, n) => sum + n, 0));
    this.most = Math.max(1, ...this.totals);
    this.node.setAttribute('aria-valuemax', String(Math.max(0, days.length - 1)));
    this.relabel();
    this.paint();
  }

  relabel() {
    this.node.setAttribute('aria-label', words.day);
    if (this.days.length) this.mark(this.at);
  }

  total(at) {
    return this.totals[at];
  }

  mark(at) {
    this.at = at;
    this.node.setAttribute('aria-valuenow', String(at));
    this.node.setAttribute('aria-valuetext', dayYear(this.days[at]));
    this.paint();
  }

  pick(at) {
    this.choose(Math.max(0, Math.min(this.days.length - 1, at)));
  }

  grab(event) {
    if (!this.days.length) return;
    this.node.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  drag(event) {
    if (!this.node.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.node.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * this.days.length);
    const within = Math.max(0, Math.min(this.days.length - 1, at));
    if (within !== this.at) this.choose(within);
  }

  paint() {
    const width = this.node.clientWidth;
    if (!width || !this.days.length) return;
    const { canvas, theme: { event, ground } } = this;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(HEIGHT * ratio);
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    const floor = HEIGHT - FOOT;
    const step = width / this.days.length;
    const gap = step > 7 ? 1.5 : step > 3 ? 0.5 : 0;
    const bar = Math.max(step - 2 * gap, 0.6);
    this.counts.forEach((row, i) => {
      context.globalAlpha = i === this.at ? 1 : PALE;
      let top = floor;
      row.forEach((n, type) => {
        if (!n) return;
        const height = (n / this.most) * (floor - 5);
        top -= height;
        context.fillStyle = event[this.types[type]];
        context.fillRect(i * step + gap, top, bar, Math.max(height, 0.6));
      });
    });
    context.globalAlpha = 1;
    context.fillStyle = ground.faint;
    context.fillRect(0, floor, width, 0.75);
    context.fillStyle = ground.ink;
    context.fillRect(this.at * step, floor, Math.max(step, 3), 2.5);
    this.ticks(context, width, step, HEIGHT - 3.5);
  }

  /** The first and the last day, and the numbers between where there is room. */
  ticks(context, width, step, line) {
    const { ground } = this.theme;
    const write = (text, x, align, strong) => {
      context.font = `${strong ? 600 : 400} 11px "Source Sans", sans-serif`;
      context.fillStyle = strong ? ground.ink : ground.mute;
      context.textAlign = align;
      context.fillText(text, x, line);
    };
    if (step >= 15) {
      this.days.forEach((iso, i) => write(String(Number(iso.slice(8))), (i + 0.5) * step, 'center', i === this.at));
      return;
    }
    const last = this.days.length - 1;
    const x = (this.at + 0.5) * step;
    const room = 52;
    if (x > room + 30 || this.at === 0) write(day(this.days[0]), 0, 'left', this.at === 0);
    if (x < width - room - 30 || this.at === last) write(day(this.days[last]), width, 'right', this.at === last);
    if (this.at && this.at !== last) write(day(this.days[this.at]), Math.max(24, Math.min(width - 24, x)), 'center', true);
  }
}

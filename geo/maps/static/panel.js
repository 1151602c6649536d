/**
 * Beside the map, and inside its frame so that both speak of the same query: what is reported for the
 * whole country, and every place as a button, which is the keyboard's path to dots on a canvas. On phones
 * it is a sheet that also holds the popup.
 */

import { encode, isAborted, latest } from './api.js';
import { button, el, isPhone } from './dom.js';
import { number } from './format.js';
import { incidentList, loading, message, shareBar } from './incidents.js';
import { called } from './names.js';
import { seek } from './popup.js';
import { frame, notice, panel as words, popup as popupWords } from './words.js';

const MOST_ROWS = 100;

export class Panel {
  /**
   * @param {import('./subjects.js').Context} context
   * @param {{openMark: Function, openArea: Function, openRegion: Function, regions: () => any[],
   *   point: (cells: ?string[]) => void}} acts
   */
  constructor(context, acts) {
    this.context = context;
    this.acts = acts;
    this.request = latest();
    this.tab = 'country';
    this.loaded = '';
    this.hosted = null;
    this.sought = '';
    this.onHostClosed = () => {};
    this.buttons = {};
    const tabs = ['country', 'places'].map((name) => {
      this.buttons[name] = button({
        role: 'tab', id: `tab-${name}`, 'aria-controls': 'panel-body', on: { click: () => this.choose(name) },
      });
      return this.buttons[name];
    });
    this.tabs = el('div', { class: 'tabs', role: 'tablist', on: { keydown: (event) => this.arrows(event) } }, ...tabs);
    this.cross = button({ class: 'cross', on: { click: () => this.close() } }, '×');
    this.body = el('div', { class: 'panel-body', id: 'panel-body', role: 'tabpanel' });
    this.sheet = el('div', { class: 'sheet-body' });
    this.node = el('aside', { class: 'panel' }, this.tabs, this.cross, this.body, this.sheet);
    document.body.append(this.node);
    this.relabel();
  }

  /** Write the words again, in the language that now holds. */
  relabel() {
    this.cross.setAttribute('aria-label', frame.close);
    this.node.setAttribute('aria-label', words.label);
    this.loaded = '';
    if (this.reply) this.update(this.reply, this.whole);
  }

  /** @param {import('./api.js').Cells} reply @param {boolean} whole  whether all of home is in view */
  update(reply, whole) {
    this.reply = reply;
    this.whole = whole;
    this.countries = reply.areas.filter(({ precision }) => precision === 'country');
    this.areas = reply.areas.filter(({ precision }) => precision !== 'country');
    this.nationwide = this.countries.reduce((sum, { n }) => sum + n, 0);
    const counts = { country: this.nationwide, places: reply.marks.length + this.areas.length };
    for (const [name, node] of Object.entries(this.buttons)) {
      node.replaceChildren(words[name], ' ', el('b', {}, number(counts[name])));
    }
    this.fill();
  }

  /** Fill whichever tab is open. */
  fill() {
    for (const [name, node] of Object.entries(this.buttons)) {
      node.setAttribute('aria-selected', String(name === this.tab));
      node.tabIndex = name === this.tab ? 0 : -1;
    }
    this.body.setAttribute('aria-labelledby', `tab-${this.tab}`);
    if (!this.reply || (isPhone() && !this.isOpen())) return;
    if (this.tab === 'country') this.country();
    else this.places();
  }

  choose(name) {
    this.tab = name;
    this.loaded = '';
    this.body.scrollTop = 0;
    this.fill();
  }

  arrows(event) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    this.choose(this.tab === 'country' ? 'places' : 'country');
    this.buttons[this.tab].focus();
  }

  async country() {
    const key = `${encode(this.context.query())} ${this.nationwide}`;
    if (key === this.loaded && !this.sought) return;
    this.loaded = key;
    const note = el('p', { class: 'note' }, words.countryNote);
    if (!this.nationwide) {
      this.request.cancel();
      this.body.replaceChildren(note, message(words.countryEmpty), ...this.unplaced());
      return;
    }
    if (!this.body.querySelector('.days')) this.body.replaceChildren(note, loading());
    try {
      const signal = this.request.next();
      const answers = await Promise.all(this.countries.map(({ id }) => (
        this.context.get('details', { ...this.context.query(), area: id, limit: '200' }, signal))));
      const incidents = answers.flatMap((answer) => answer.incidents)
        .sort((a, b) => (a.date_start < b.date_start ? -1 : a.date_start > b.date_start ? 1 : 0));
      const cut = incidents.length < this.nationwide;
      const more = cut ? [message(popupWords.first(incidents.length, this.nationwide))] : [];
      if (this.tab !== 'country') return;
      this.body.replaceChildren(note, incidentList(incidents, this.context.theme), ...more, ...this.unplaced());
      if (this.sought) seek(this.body, this.sought);
      this.sought = '';
    } catch (error) {
      if (isAborted(error)) return;
      this.loaded = '';
      const retry = button({ class: 'textual', on: { click: () => this.country() } }, notice.retry);
      this.body.replaceChildren(note, message(`${notice.failedList} `, retry));
    }
  }

  places() {
    this.loaded = '';
    const { scrollTop } = this.body;
    const focused = document.activeElement && document.activeElement.dataset.row;
    const { marks } = this.reply;
    const ordered = [...marks].sort((a, b) => b.n - a.n).slice(0, MOST_ROWS);
    const rows = [];
    if (!this.whole) rows.push(el('p', { class: 'note' }, words.inView));
    const subhead = (text) => el('h4', { class: 'subhead' }, text);
    if (ordered.length) rows.push(subhead(words.points), ...ordered.map((mark) => this.markRow(mark)));
    if (marks.length > ordered.length) rows.push(message(words.rest(marks.length - ordered.length)));
    const wide = ({ precision }) => Number(precision === 'macro-region');
    const areas = [...this.areas].sort((a, b) => wide(b) - wide(a) || b.n - a.n);
    if (areas.length) rows.push(subhead(words.areas), ...areas.map((area) => this.areaRow(area)));
    if (!rows.some((row) => row.matches('button'))) rows.push(message(words.placesEmpty));
    const regions = this.acts.regions();
    if (regions.length) rows.push(subhead(this.context.figureTitle() || words.regions), ...regions.map((region) => this.regionRow(region)));
    this.body.replaceChildren(...rows, ...this.unplaced());
    this.body.scrollTop = scrollTop;
    if (focused) {
      const row = [...this.body.querySelectorAll('[data-row]')].find((node) => node.dataset.row === focused);
      if (row) row.focus({ preventScroll: true });
    }
  }

  markRow(mark) {
    const name = mark.place ? called(mark.place) : this.context.around(mark.lon, mark.lat);
    const point = (on) => () => this.acts.point(on ? [mark.cell] : null);
    return this.row(name, mark, mark.cell, (node) => this.acts.openMark(mark, node), point);
  }

  areaRow(area) {
    return this.row(called(area.name, area.id), area, area.id, (node) => this.acts.openArea(area, node), () => () => {});
  }

  regionRow({ id, name }) {
    const value = this.context.figure(id);
    const node = button({
      class: 'place', 'data-row': `figures ${id}`, on: { click: () => this.acts.openRegion(id, node) },
    }, el('span', { class: 'name' }, called(name, id)), value === null ? null : el('span', { class: 'figure' }, value));
    return node;
  }

  row(name, { n, types }, id, open, point) {
    const pairs = this.reply.types.map((type, i) => [type, types[i]]);
    const node = button({
      class: 'place',
      'data-row': id,
      'aria-label': words.row(name, n),
      on: { click: () => open(node), mouseenter: point(true), mouseleave: point(false), focus: point(true), blur: point(false) },
    }, el('span', { class: 'name' }, name), shareBar(pairs, this.context.theme), el('span', { class: 'count' }, number(n)));
    return node;
  }

  unplaced() {
    return this.reply.unplaced ? [el('p', { class: 'note' }, words.unplaced(this.reply.unplaced))] : [];
  }

  /** Colours have changed. */
  repaint() {
    this.loaded = '';
    this.body.replaceChildren();
    this.fill();
  }

  /** Show the list of what concerns whole countries, at one incident. @param {string} id */
  show(id) {
    this.sought = id;
    this.choose('country');
    if (isPhone()) this.open();
  }

  isOpen() {
    return this.node.classList.contains('is-open');
  }

  /** Open the sheet with the lists. */
  open() {
    this.node.classList.add('is-open');
    this.fill();
    this.buttons[this.tab].focus({ preventScroll: true });
  }

  /** Open the sheet with a popup in it. @param {HTMLElement} node */
  host(node) {
    this.hosted = node;
    this.sheet.replaceChildren(node);
    this.node.classList.add('is-open', 'is-hosting');
  }

  close() {
    const hosted = this.hosted;
    this.hosted = null;
    this.node.classList.remove('is-open', 'is-hosting');
    if (hosted) this.onHostClosed();
    this.sheet.replaceChildren();
  }
}

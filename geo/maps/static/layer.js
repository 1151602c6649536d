/**
 * The live layer: holds the state, asks for what the view needs, and has it drawn. It keeps the old marks
 * until the new reply is there, and only the newest of several requests counts.
 */

import { clip, createApi, encode, isAborted } from './api.js';
import { Areas } from './areas.js';
import { Base } from './base.js';
import { Cells } from './cells.js';
import { Choropleth } from './choropleth.js';
import { Boxes } from './collide.js';
import { addChrome, Halo } from './chrome.js';
import { isPhone, isStill } from './dom.js';
import { Labels } from './labels.js';
import { Legend } from './legend.js';
import { Marks } from './marks.js';
import { learn } from './names.js';
import { Notice } from './notice.js';
import { Openings } from './openings.js';
import { Panel } from './panel.js';
import { Play } from './play.js';
import { Popup } from './popup.js';
import { watchTheme } from './theme.js';
import { asked, keep } from './view.js';
import { notice as words, speak } from './words.js';

const FONTS = ['400 12px "Source Sans"', '600 13px "Source Sans"', '600 19px "Source Serif"'];
const FONT_PATIENCE = 1200;
const LEEWAY = 0.9; // how far beyond the country one may drag, in its own widths and heights

/**
 * @typedef {Object} State  what the page pushes
 * @property {import('./api.js').Query} query
 * @property {string} [on]  the day whose boundaries are drawn, 'YYYY-MM-DD'
 * @property {string} [language]  'en', 'ru' or 'kk'
 * @property {string} [figure]  what shades the regions, as in choropleth.js; empty for none
 * @property {{n: number, lon?: number, lat?: number, area?: string, id?: string}} [goto]  go there and open
 *   the incident `id`, whenever `n` is another than before
 * @property {number} [play]  open the play control, whenever it is another than before
 *
 * @param {L.Map} map
 * @param {{home: number[], on: ?string, api: string, types: any[], ground: any, shades: any}} options
 */
export function createLayer(map, options) {
  const layer = new LiveLayer(map, options);
  return { set: (state) => layer.set(state), marks: () => layer.tell() };
}

class LiveLayer {
  constructor(map, options) {
    this.map = map;
    this.options = options;
    this.state = null;
    this.reply = null;
    const [west, south, east, north] = options.home;
    this.home = L.latLngBounds([[south, west], [north, east]]);
    this.limits = this.home.pad(LEEWAY);
    this.moved = false;
    /** Where the address wants the map, until it is there. */
    this.wanted = asked();
    this.settled = 0;
    this.get = createApi(options.api);
    this.cells = new Cells(this.get);
    /** The day that is being played, or null. @type {?import('./play.js').Cursor} */
    this.cursor = null;
    this.before = null;
    this.theme = watchTheme(options, () => this.repaint());
    this.context = {
      get: this.get,
      query: () => (this.cursor || this.state).query,
      reply: () => this.reply,
      around: (lon, lat) => this.open.around(lon, lat),
      theme: this.theme,
      types: options.types,
      figure: (id) => this.shades.text(id),
      figureTitle: () => this.shades.title(),
    };
    this.notice = new Notice({ retry: () => this.refresh(true), home: () => this.goHome() });
    this.legend = new Legend(options.types, this.theme);
    this.base = new Base(map, this.theme);
    this.marks = new Marks(map, this.theme);
    this.labels = new Labels(map, this.theme);
    this.halo = new Halo(map, this.marks);
    this.areas = new Areas(map, this.base, (area, at, opener) => this.open.area(area, opener, at));
    this.panel = new Panel(this.context, {
      openMark: (mark, opener) => this.open.place(mark, opener),
      openArea: (area, opener) => this.open.area(area, opener),
      openRegion: (id, opener) => this.open.region(id, null, opener),
      regions: () => this.base.named(),
      point: (cells) => this.halo.point(cells),
    });
    this.popup = new Popup(map, this.panel, () => this.halo.hold(this.popup.subject && this.popup.subject.cells));
    this.chrome = addChrome(map, { home: () => this.goHome(), lists: () => this.panel.open() });
    this.shades = new Choropleth(this.context, this.base, () => {
      this.layout();
      if (this.reply) this.panel.fill();
    });
    this.play = new Play(map, this.context, {
      query: () => this.state.query,
      show: (cursor) => this.show(cursor),
      ahead: (cursors) => this.cells.ahead(cursors.flatMap((cursor) => this.asks(cursor))),
      reply: () => this.reply,
      frame: () => this.moved || this.frame(),
    });
    this.chrome.avoid(this.play.opener);
    this.chrome.avoid(this.play.bar);
    const { base, marks, areas, panel, popup, context } = this;
    this.open = new Openings({ map, base, marks, areas, panel, popup, context, on: () => this.on() });
    if (isStill()) {
      map.options.inertia = false;
      map._zoomAnimated = false; // has no public switch once the map is made
    }
    this.listen();
    this.prepare();
  }

  listen() {
    const { map } = this;
    map.on('moveend', () => this.moveSoon());
    map.on('dragstart zoomstart', () => { if (!this.homing) this.moved = true; });
    map.on('dragend', () => map.panInsideBounds(this.limits, { animate: !isStill() }));
    map.on('click', (event) => this.state && this.reply && this.open.click(event));
    map.on('mousemove', ({ containerPoint }) => this.halo.hover(this.marks.at(containerPoint)));
    map.on('mouseout', () => this.halo.hover(null));
    new ResizeObserver(() => {
      if (!this.inSight()) return; // on another page: a view of no size would be lost
      const centre = map.getCenter();
      map.invalidateSize({ pan: false });
      if (this.moved) map.setView(centre, map.getZoom(), { animate: false });
      if (this.goal) this.depart(this.goal);
      else if (this.moved) this.moveSoon();
      else this.frame();
    }).observe(map.getContainer());
  }

  /** Fonts and ground; the first marks need not wait for the ground. */
  async prepare() {
    const patience = new Promise((resolve) => setTimeout(resolve, FONT_PATIENCE));
    const fonts = Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {});
    this.explain();
    this.map.invalidateSize({ pan: false });
    this.frame();
    keep(() => (this.moved ? this.map : null));
    const ground = this.loadBase();
    await Promise.race([fonts, patience]);
    this.ready = true;
    this.layout();
    this.refresh();
    await ground;
    if (this.goal) this.depart(this.goal);
  }

  async loadBase() {
    const on = this.on();
    this.baseOn = on;
    let data;
    try {
      data = await this.get('basemap', on ? { on } : {});
    } catch (error) {
      this.notice.failed(words.failedBase, () => this.loadBase());
      return;
    }
    if (on !== this.baseOn) return;
    this.areas.reset();
    this.base.draw(data);
    this.chrome.credit(data.credits);
    this.shades.paint();
    this.layout();
    this.panel.fill();
  }

  on() {
    return (this.state && this.state.on) || this.options.on || null;
  }

  /** A new state from the page; another query, day or goal ends playing. @param {State} state */
  set(state) {
    const before = this.state;
    this.state = state;
    if (speak(state.language || 'en')) this.relabel();
    this.learnNames(state.language || 'en');
    const other = !before || encode(before.query) !== encode(state.query);
    const moved = this.baseOn !== undefined && this.on() !== this.baseOn;
    const goal = state.goto && state.goto.n !== (before && before.goto ? before.goto.n : 0);
    if (other || moved || goal) this.leavePlay();
    if (moved) this.loadBase();
    this.chrome.knownOn(state.query['known-on'] || '');
    this.shades.set(state.figure || '', { ...state.query, on: this.on() || '' });
    this.refresh();
    if (goal) this.depart(state.goto);
    if (state.play && state.play !== (before ? before.play : 0)) this.play.open();
  }

  /** Go where the page wants, as soon as there is a ground to go on. */
  depart(goal) {
    this.goal = this.ready && this.base.data && this.inSight() ? null : goal;
    if (this.goal) return;
    this.map.invalidateSize({ pan: false });
    this.moved = true;
    this.open.travel(goal);
    if (this.open.isThere()) this.refresh(true);
  }

  /** Whether the map has a size: it has none while another page is open. */
  inSight() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    return clientWidth > 0 && clientHeight > 0;
  }

  leavePlay() {
    this.play.end(false);
    this.cursor = null;
  }

  /** Show one day of a play; null is all that the page asks for. Resolves to whether it was drawn. */
  show(cursor) {
    this.cursor = cursor;
    return this.refresh();
  }

  relabel() {
    for (const part of [this.chrome, this.panel, this.play, this.legend]) part.relabel();
    if (!this.ready) return;
    this.layout();
    this.popup.refresh();
  }

  /** The names of places follow the words, for they have to be fetched. */
  async learnNames(language) {
    if (language === (this.named || 'en')) return;
    this.named = language;
    const failed = () => { this.named = null; }; // the next state asks again
    if (await learn(this.get, language).catch(failed)) this.relabel();
  }

  /** The view that the address names, else the whole country. */
  frame() {
    const { wanted } = this;
    if (!wanted || !this.inSight()) {
      this.goHome();
      return;
    }
    this.wanted = null;
    this.map.setView([wanted.lat, wanted.lon], wanted.zoom, { animate: false });
    this.moved = true;
  }

  goHome() {
    const margin = isPhone() ? 4 : 12;
    this.homing = true;
    const below = [margin, margin + this.play.depth()];
    this.map.fitBounds(this.home, { animate: false, paddingTopLeft: [margin, margin], paddingBottomRight: below });
    this.homing = false;
    this.moved = false;
  }

  /** Once per frame, however many moves and resizes it brings. */
  moveSoon() {
    if (this.moving) return;
    this.moving = requestAnimationFrame(() => {
      this.moving = 0;
      this.layout();
      this.refresh();
    });
  }

  /** What to ask for a query in this view; with the query of what is drawn in grey, a second time. */
  asks({ query, before }) {
    const bounds = this.map.getBounds().pad(0.1);
    const z = Math.round(this.map.getZoom());
    return [query, before].filter(Boolean).map((wanted) => ({ ...wanted, bbox: clip(bounds, wanted.bbox), z }));
  }

  /** Ask for the cells of the view, unless they are already drawn. Resolves to whether they are. */
  async refresh(force = false) {
    if (!this.state || !this.ready) return false;
    const shown = this.cursor || this.state;
    const asked = encode(shown.query);
    const asks = this.asks(shown);
    const address = asks.map(encode).join(' ');
    if (!force && address === this.address) return address === this.drawn;
    this.address = address;
    this.notice.waiting(true);
    let replies;
    try {
      replies = await this.cells.ask(asks);
    } catch (error) {
      if (isAborted(error)) return false;
      this.address = '';
      this.notice.waiting(false);
      this.notice.failed(words.failed);
      return false;
    }
    const other = asked !== this.drawnQuery;
    [this.reply, this.before = null] = replies;
    this.drawn = address;
    this.drawnQuery = asked;
    this.notice.waiting(false);
    this.settle();
    if (other) this.popup.refresh();
    this.open.arrived();
    return true;
  }

  settle() {
    const { reply } = this;
    const nationwide = reply.areas.filter(({ precision }) => precision === 'country');
    this.chrome.count(nationwide.reduce((sum, { n }) => sum + n, 0));
    this.layout();
    const whole = this.map.getBounds().pad(0.1).contains(this.home);
    this.panel.update(reply, whole);
    this.notice.found(reply.total, this.state.query, whole, Boolean(this.cursor));
    const { dataset } = document.documentElement;
    dataset.total = String(reply.total);
    dataset.query = this.drawnQuery;
    this.settled += 1;
    dataset.settled = String(this.settled);
  }

  /** Give everything its place, each free of what came before, and paint. */
  layout() {
    if (!this.ready) return;
    const size = this.map.getSize();
    if (!size.x || !size.y) return;
    const boxes = new Boxes(size.x, size.y);
    for (const box of this.chrome.boxes()) boxes.add(box);
    this.labels.begin(boxes);
    if (this.reply) {
      this.marks.place(this.reply, this.before);
      this.labels.marks(this.marks.drawn);
      if (this.base.data) {
        this.areas.place(this.reply.areas);
        this.areas.layout(boxes);
      }
    }
    if (this.base.data) {
      const cells = this.reply && this.reply.mode === 'cells';
      const nameless = (point) => {
        const mark = cells ? this.marks.at(point) : null;
        return mark && !mark.labelled ? mark : null;
      };
      this.labels.cities(this.base.data.cities, this.base.home, nameless);
      this.labels.regions(this.base.data.regions.features, this.base.shaded);
      this.labels.countries(this.base.data.countries.features);
    }
    this.marks.paint(this.reply ? this.areas.leaders : []);
    this.labels.paint();
    this.halo.follow();
    this.explain();
  }

  /** The key names what is drawn; a type that is rare in such data only when it occurs. */
  explain() {
    const { reply, base } = this;
    const shapes = reply ? [...reply.marks, ...reply.areas] : [];
    const rare = ({ name }) => name.startsWith('Explosions');
    const occurs = (type) => !rare(type) || shapes.some(({ types }) => types[reply.types.indexOf(type.name)]);
    this.legend.update({
      present: new Set(this.options.types.filter(occurs).map(({ name }) => name)),
      region: true,
      macro: base.macros.size > 0,
      approximate: [...base.regions.values()].some(isApproximate),
      nationwide: shapes.some(({ precision }) => precision === 'country'),
      radius: this.marks.hasRadius,
      earlier: Boolean(this.cursor && this.cursor.before),
      figure: this.shades.told,
    });
  }

  repaint() {
    if (!this.ready) return;
    this.shades.paint();
    this.play.repaint();
    this.layout();
    this.panel.repaint();
    this.popup.refresh();
    if (this.reply) this.settle();
  }

  /** What is drawn, for tests. */
  tell() {
    return this.marks.drawn.map(({ names, n, x, y }) => ({ place: names[0] || null, n, x, y }));
  }
}

const isApproximate = ({ feature }) => feature.properties.geometry_quality === 'approximate';

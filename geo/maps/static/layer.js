/**
 * The live layer: holds the state, asks for what the view needs, and has it drawn. It keeps the old marks
 * until the new reply is there, and only the newest of several requests counts.
 */

import { clip, createApi, encode, isAborted, latest } from './api.js';
import { Areas } from './areas.js';
import { Base } from './base.js';
import { Boxes } from './collide.js';
import { addChrome, Halo } from './chrome.js';
import { isPhone, isStill } from './dom.js';
import { Labels } from './labels.js';
import { Legend } from './legend.js';
import { Marks } from './marks.js';
import { Notice } from './notice.js';
import { Panel } from './panel.js';
import { Popup } from './popup.js';
import { regionSubject } from './region.js';
import { areaSubject, markSubject } from './subjects.js';
import { watchTheme } from './theme.js';
import { notice as words, popup as popupWords } from './words.js';

const FONTS = ['400 12px "Source Sans"', '600 13px "Source Sans"', '600 19px "Source Serif"'];
const FONT_PATIENCE = 1200;
const TOUCH_SLACK = 12;
const LEEWAY = 0.9; // how far beyond the country one may drag, in its own widths and heights

/**
 * @param {L.Map} map
 * @param {{home: number[], on: ?string, api: string, types: any[], ground: any}} options
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
    this.settled = 0;
    this.get = createApi(options.api);
    this.request = latest();
    this.theme = watchTheme(options, () => this.repaint());
    this.context = {
      get: this.get,
      query: () => this.state.query,
      reply: () => this.reply,
      around: (lon, lat) => this.around(lon, lat),
      theme: this.theme,
      types: options.types,
    };
    this.notice = new Notice({ retry: () => this.refresh(true), home: () => this.goHome() });
    this.legend = new Legend(options.types, this.theme);
    this.base = new Base(map, this.theme);
    this.marks = new Marks(map, this.theme);
    this.labels = new Labels(map, this.theme);
    this.halo = new Halo(map, this.marks);
    this.areas = new Areas(map, this.base, (area, at, opener) => this.openArea(area, opener, at));
    this.panel = new Panel(this.context, {
      openMark: (mark, opener) => this.openPlace(mark, opener),
      openArea: (area, opener) => this.openArea(area, opener),
      openRegion: (id, opener) => this.openRegion(id, null, opener),
      regions: () => this.base.named(),
      point: (cells) => this.halo.point(cells),
    });
    this.popup = new Popup(map, this.panel, () => this.halo.hold(this.popup.subject && this.popup.subject.cells));
    this.chrome = addChrome(map, { home: () => this.goHome(), lists: () => this.panel.open() });
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
    map.on('click', (event) => this.click(event));
    map.on('mousemove', ({ containerPoint }) => this.halo.hover(this.marks.at(containerPoint)));
    map.on('mouseout', () => this.halo.hover(null));
    new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      if (this.moved) this.moveSoon();
      else this.goHome();
    }).observe(map.getContainer());
  }

  /** Fonts and ground; the first marks need not wait for the ground. */
  async prepare() {
    const patience = new Promise((resolve) => setTimeout(resolve, FONT_PATIENCE));
    const fonts = Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {});
    this.explain();
    this.map.invalidateSize({ pan: false });
    this.goHome();
    const ground = this.loadBase();
    await Promise.race([fonts, patience]);
    this.ready = true;
    this.layout();
    this.refresh();
    await ground;
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
    this.chrome.attribute(data.attribution);
    this.layout();
    this.panel.fill();
  }

  on() {
    return (this.state && this.state.on) || this.options.on || null;
  }

  /** A new state from the page. @param {{query: import('./api.js').Query, on?: string}} state */
  set(state) {
    const before = this.state;
    this.state = state;
    if (this.baseOn !== undefined && this.on() !== this.baseOn) this.loadBase();
    if (!before || encode(before.query) !== encode(state.query)) this.refresh();
  }

  goHome() {
    const margin = isPhone() ? 4 : 12;
    this.homing = true;
    this.map.fitBounds(this.home, { animate: false, padding: [margin, margin] });
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

  /** Ask for the cells of the view, unless they are already drawn. */
  async refresh(force = false) {
    if (!this.state || !this.ready) return;
    const { query } = this.state;
    const asked = encode(query);
    const bounds = this.map.getBounds().pad(0.1);
    const params = { ...query, bbox: clip(bounds, query.bbox), z: Math.round(this.map.getZoom()) };
    const address = encode(params);
    if (!force && address === this.address) return;
    this.address = address;
    this.notice.waiting(true);
    let reply;
    try {
      reply = await this.get('cells', params, this.request.next());
    } catch (error) {
      if (isAborted(error)) return;
      this.address = '';
      this.notice.waiting(false);
      this.notice.failed(words.failed);
      return;
    }
    const other = asked !== this.drawnQuery;
    this.reply = reply;
    this.drawnQuery = asked;
    this.notice.waiting(false);
    this.settle();
    if (other) this.popup.refresh();
  }

  settle() {
    const { reply } = this;
    const nationwide = reply.areas.filter(({ precision }) => precision === 'country');
    this.chrome.count(nationwide.reduce((sum, { n }) => sum + n, 0));
    this.layout();
    const whole = this.map.getBounds().pad(0.1).contains(this.home);
    this.panel.update(reply, whole);
    this.notice.found(reply.total, this.state.query, whole);
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
      this.marks.place(this.reply);
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
      this.labels.regions(this.base.data.regions.features);
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
    });
  }

  repaint() {
    if (!this.ready) return;
    this.base.paint();
    this.layout();
    this.panel.repaint();
    this.popup.refresh();
    if (this.reply) this.settle();
  }

  click({ containerPoint, originalEvent }) {
    const touch = originalEvent.pointerType === 'touch';
    const mark = this.marks.at(containerPoint, touch ? TOUCH_SLACK : 3);
    if (mark) this.popup.open(markSubject(this.context, mark), this.map.getContainer());
    else this.openRegion(this.base.regionAt(originalEvent.target), containerPoint);
  }

  /** A name for a mark that stands for several places. */
  around(lon, lat) {
    const city = this.base.nearestCity(lon, lat);
    return city ? popupWords.around(city) : popupWords.point(lon, lat);
  }

  openPlace(mark, opener) {
    const names = mark.place ? [mark.place] : [];
    const place = { ...mark, names, cells: [mark.cell] };
    const at = L.latLng(mark.lat, mark.lon);
    if (!this.map.getBounds().contains(at)) this.map.panTo(at, { animate: false });
    this.popup.open(markSubject(this.context, place), opener);
  }

  openArea(area, opener, at = null) {
    const tag = this.areas.at(area.id);
    this.popup.open(areaSubject(this.context, area, at || tag || this.map.getCenter()), opener);
  }

  /** At the point clicked, or where the region's name stands. */
  openRegion(id, containerPoint, opener = this.map.getContainer()) {
    const region = id && this.base.regions.get(id);
    if (!region || !this.state || !this.reply) return;
    const { properties } = region.feature;
    const [lon, lat] = properties.label;
    const at = containerPoint ? this.map.containerPointToLatLng(containerPoint) : L.latLng(lat, lon);
    this.popup.open(regionSubject(this.context, properties, {
      at,
      on: this.on(),
      area: () => this.reply.areas.find((area) => area.id === id) || null,
      openArea: (area) => this.openArea(area, opener),
    }), opener);
  }

  /** What is drawn, for tests. */
  tell() {
    return this.marks.drawn.map(({ names, n, x, y }) => ({ place: names[0] || null, n, x, y }));
  }
}

const isApproximate = ({ feature }) => feature.properties.geometry_quality === 'approximate';

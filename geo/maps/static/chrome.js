/** What surrounds the map: its buttons, scale and attribution, and the ring around what is pointed at. */

import { button, el, isPhone } from './dom.js';
import { dayYear, short } from './format.js';
import { called } from './names.js';
import { frame } from './words.js';

/**
 * @param {L.Map} map
 * @param {{home: () => void, lists: () => void}} acts
 */
export function addChrome(map, acts) {
  const container = map.getContainer();
  container.setAttribute('role', 'region');
  map.attributionControl.setPrefix(false);
  const scale = isPhone() ? null : scaleBar().addTo(map);

  const bar = map.zoomControl.getContainer();
  const home = el('a', { href: '#', role: 'button' }, '⤢');
  L.DomEvent.on(home, 'click', L.DomEvent.stop).on(home, 'click', acts.home);
  bar.append(home);

  const lists = button({ class: 'lists', on: { click: acts.lists } });
  const Lists = L.Control.extend({
    options: { position: 'bottomright' },
    onAdd() {
      L.DomEvent.disableClickPropagation(lists);
      return lists;
    },
  });
  new Lists().addTo(map);

  const banner = el('div', { class: 'known-on', hidden: true, role: 'note' });
  const corner = L.control({ position: isPhone() ? 'topright' : 'bottomleft' });
  corner.onAdd = () => banner;
  corner.addTo(map);

  const obstacles = [bar, lists, banner, ...container.querySelectorAll('.leaflet-control-scale, .leaflet-control-attribution')];
  let credits = [];
  let counted = 0;
  let day = '';
  function relabel() {
    container.setAttribute('aria-label', frame.map);
    const [closer, farther] = bar.querySelectorAll('.leaflet-control-zoom-in, .leaflet-control-zoom-out');
    for (const [node, text] of [[home, frame.home], [closer, frame.zoomIn], [farther, frame.zoomOut]]) {
      node.title = text;
      node.setAttribute('aria-label', text);
    }
    lists.textContent = counted ? frame.listsOf(counted) : frame.lists;
    if (day) banner.textContent = frame.knownOn(dayYear(day));
    if (scale) map.whenReady(scale._update, scale);
    attribute();
  }
  function attribute() {
    const added = credits.map(({ source, licence }) => (licence ? `${source} (${licence})` : source));
    map.attributionControl.getContainer().textContent = [frame.ground, ...added].join(' · ');
  }
  relabel();
  return {
    /** Say in the map on which day's knowledge it stands; an empty day is today's. */
    knownOn(iso) {
      day = iso;
      banner.hidden = !iso;
      banner.textContent = iso ? frame.knownOn(dayYear(iso)) : '';
      banner.title = frame.knownOnHint;
    },
    /** Name those whose boundaries were added, as /api/basemap does. */
    credit(named) {
      credits = named;
      attribute();
    },
    count(n) {
      counted = n;
      lists.textContent = n ? frame.listsOf(n) : frame.lists;
    },
    /** Keep labels off this element too. */
    avoid: (node) => obstacles.push(node),
    /** Write the words again, in the language that now holds. */
    relabel,
    /** Rectangles no label may cover. */
    boxes() {
      const origin = container.getBoundingClientRect();
      const rect = ({ left, top, right, bottom }) => [
        left - origin.left - 3, top - origin.top - 3, right - origin.left + 3, bottom - origin.top + 3,
      ];
      return obstacles.map((node) => node.getBoundingClientRect()).filter(({ width }) => width > 0).map(rect);
    },
  };
}

/** Leaflet's scale, its unit in the language of the page. */
function scaleBar() {
  const scale = L.control.scale({ imperial: false, position: 'bottomright' });
  scale._updateMetric = (widest) => {
    const metres = scale._getRoundNum(widest);
    const label = metres < 1000 ? frame.metres(metres) : frame.km(metres / 1000);
    scale._updateScale(scale._mScale, label, metres / widest);
  };
  return scale;
}

/** A ring around the mark under the pointer, and around the one whose popup is open. */
export class Halo {
  /** @param {L.Map} map @param {import('./marks.js').Marks} marks */
  constructor(map, marks) {
    this.map = map;
    this.marks = marks;
    const pane = map.createPane('halo');
    pane.style.zIndex = '470';
    pane.style.pointerEvents = 'none';
    this.rings = { hover: el('div', { class: 'halo' }), held: el('div', { class: 'halo' }) };
    this.tip = el('div', { class: 'halo-tip' });
    this.rings.hover.append(this.tip);
    pane.append(this.rings.hover, this.rings.held);
    this.cells = { hover: null, held: null };
    map.on('zoomstart', () => Object.values(this.rings).forEach((ring) => { ring.hidden = true; }));
    this.follow();
  }

  /** @param {?import('./merge.js').Drawn} mark */
  hover(mark) {
    this.map.getContainer().classList.toggle('is-on-mark', Boolean(mark));
    this.point(mark && mark.cells);
  }

  /** @param {?string[]} cells */
  point(cells) {
    if (cells === this.cells.hover) return;
    this.cells.hover = cells;
    this.follow();
  }

  /** @param {?string[]} cells  of the open popup's mark */
  hold(cells) {
    this.cells.held = cells || null;
    this.follow();
  }

  /** Put the rings where their marks now are. */
  follow() {
    for (const [name, ring] of Object.entries(this.rings)) {
      const mark = this.cells[name] && this.marks.holding(this.cells[name]);
      ring.hidden = !mark;
      if (!mark) continue;
      const r = mark.r + 4;
      ring.style.width = `${2 * r}px`;
      ring.style.height = `${2 * r}px`;
      L.DomUtil.setPosition(ring, this.map.containerPointToLayerPoint([mark.x - r, mark.y - r]));
      if (name !== 'hover') continue;
      this.tip.hidden = Boolean(mark.labelled);
      this.tip.textContent = mark.names.length ? `${called(mark.names[0])} · ${short(mark.n)}` : short(mark.n);
    }
  }
}

/**
 * One popup at a time: beside its mark, or as a sheet on phones. It knows a subject, not an answer, so a
 * new query only loads the subject again and the popup, the view and the scroll position stay.
 *
 * @typedef {Object} Subject
 * @property {string} key
 * @property {L.LatLng} at
 * @property {string[]} [cells]  of the mark it belongs to
 * @property {string} [entry]  the incident to bring into view
 * @property {() => Node} head  shown at once
 * @property {(signal: AbortSignal) => Promise<{head: Node, body: Node}>} load
 */

import { isAborted, latest } from './api.js';
import { button, el, isPhone, isStill } from './dom.js';
import { loading, message } from './incidents.js';
import { frame, notice } from './words.js';

const WIDTH = 360;
const HEAD = 150;
const LIST = [250, 380];

export class Popup {
  /**
   * @param {L.Map} map
   * @param {import('./panel.js').Panel} panel  its sheet on phones
   * @param {() => void} changed  called after opening and closing
   */
  constructor(map, panel, changed) {
    this.map = map;
    this.panel = panel;
    this.changed = changed;
    this.request = latest();
    /** @type {?Subject} */
    this.subject = null;
    panel.onHostClosed = () => this.closed();
    map.on('popupclose', ({ popup }) => popup === this.bubble && this.closed());
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      if (this.subject) this.close();
      else this.panel.close();
    });
  }

  /** @param {Subject} subject @param {?Element} opener  gets the focus back */
  open(subject, opener = null) {
    this.close();
    this.subject = subject;
    this.opener = opener;
    this.list = el('div', { class: 'list', tabindex: 0 }, loading());
    this.head = el('div', {}, subject.head());
    const name = this.head.querySelector('h3').textContent;
    this.article = el('article', { class: 'popup', tabindex: -1, role: 'dialog', 'aria-label': name }, this.head, this.list);
    if (isPhone()) this.panel.host(this.article);
    else this.float(subject.at);
    this.article.focus({ preventScroll: true });
    this.changed();
    this.load(true);
  }

  float(at) {
    const room = this.map.latLngToContainerPoint(at).y - HEAD;
    const height = this.map.getSize().y;
    const most = Math.max(120, Math.min(LIST[1], height - HEAD - 40));
    this.list.style.maxHeight = `${Math.min(most, Math.max(LIST[0], room - 20))}px`;
    this.bubble = L.popup({
      minWidth: WIDTH, maxWidth: WIDTH, offset: [0, -6], autoPanPaddingTopLeft: [54, 12],
      autoPanPaddingBottomRight: [12, 12], closeButton: true,
    }).setLatLng(at).setContent(this.article).openOn(this.map);
    const cross = this.bubble.getElement().querySelector('.leaflet-popup-close-button');
    if (cross) cross.setAttribute('aria-label', frame.close);
  }

  /** Ask for the subject again, under whatever query now holds. */
  refresh() {
    if (this.subject) this.load(false);
  }

  async load(first) {
    const { subject, list, head } = this;
    try {
      const answer = await subject.load(this.request.next());
      if (subject !== this.subject) return;
      const { scrollTop } = list;
      head.replaceChildren(answer.head);
      list.replaceChildren(answer.body);
      if (first && !isPhone() && this.bubble) {
        this.bubble.options.autoPanAnimation = !isStill();
        this.bubble.update();
        this.bubble.options.autoPan = false;
        this.article.focus({ preventScroll: true });
      }
      list.scrollTop = first ? 0 : scrollTop;
      if (first && subject.entry) seek(list, subject.entry);
    } catch (error) {
      if (isAborted(error) || subject !== this.subject) return;
      const retry = button({ class: 'textual', on: { click: () => this.load(first) } }, notice.retry);
      list.replaceChildren(message(`${notice.failedList} `, retry));
    }
  }

  close() {
    if (!this.subject) return;
    if (this.bubble) this.map.closePopup(this.bubble);
    else this.panel.close();
  }

  closed() {
    if (!this.subject) return;
    this.request.cancel();
    const held = this.article.contains(document.activeElement) || document.activeElement === document.body;
    this.subject = null;
    this.bubble = null;
    if (held) giveBack(this.opener);
    this.changed();
  }
}

/** Bring one incident of a list into view, and set it off. @param {Element} list @param {string} id */
export function seek(list, id) {
  const entry = [...list.querySelectorAll('[data-entry]')].find((node) => node.dataset.entry === id);
  if (!entry) return;
  entry.classList.add('is-sought');
  const heading = entry.parentNode.querySelector('h4');
  const above = heading ? heading.offsetHeight : 0;
  list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - above;
}

/** Focus what opened the popup, or what has taken its place since. */
function giveBack(opener) {
  if (!opener) return;
  const { row, area } = opener.dataset;
  const name = row ? 'row' : 'area';
  const same = opener.isConnected ? opener : [...document.querySelectorAll(`[data-${name}]`)]
    .find((node) => node.dataset[name] === (row || area));
  if (same) same.focus({ preventScroll: true });
}

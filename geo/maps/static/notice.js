/** Waiting, failing, finding nothing: said quietly, over the map and to screen readers. */

import { button, el } from './dom.js';
import { frame, loosen, notice as words, shown } from './words.js';

export class Notice {
  /** @param {{retry: () => void, home: () => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.busy = el('div', { class: 'busy', 'aria-hidden': 'true' });
    this.live = el('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
    this.card = el('div', { class: 'card-holder', hidden: true });
    this.alert = el('div', { class: 'alert', role: 'alert', hidden: true });
    document.body.append(this.busy, this.live, this.card, this.alert);
  }

  waiting(on) {
    this.busy.classList.toggle('is-on', on);
  }

  /**
   * @param {number} total
   * @param {import('./api.js').Query} query
   * @param {boolean} whole  whether all of home is in view
   * @param {boolean} playing  then the play control says what was found
   */
  found(total, query, whole, playing = false) {
    this.alert.hidden = true;
    if (!playing) this.live.textContent = total ? shown(total) : words.empty;
    this.card.hidden = total > 0 || playing;
    if (this.card.hidden) return;
    const body = whole
      ? [el('b', {}, words.empty), el('p', {}, `${words.loosen(filters(query))} ${words.noProof}`)]
      : [el('b', {}, words.emptyView), el('p', {}, `${words.emptyViewHint} ${words.noProof}`),
        button({ class: 'boxed', on: { click: this.acts.home } }, frame.home)];
    this.card.replaceChildren(el('div', { class: 'card' }, ...body));
  }

  failed(text, retry = this.acts.retry) {
    const again = () => {
      this.alert.hidden = true;
      retry();
    };
    this.alert.replaceChildren(el('span', {}, text), button({ class: 'boxed', on: { click: again } }, words.retry));
    this.alert.hidden = false;
  }
}

/** What to loosen, as a phrase: 'widen the dates, or clear the search'. */
function filters(query) {
  const set = (name) => (Array.isArray(query[name]) ? query[name].length : query[name]);
  const parts = Object.keys(loosen).filter((name) => (name === 'dates' ? query.start || query.end : set(name)));
  const phrases = (parts.length ? parts : ['dates']).map((name) => loosen[name]);
  if (phrases.length < 2) return phrases[0];
  return words.either(phrases.slice(0, -1).join(', '), phrases[phrases.length - 1]);
}

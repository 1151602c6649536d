/**
 * The cells of views: only the last of several questions counts, and what comes next can be asked for
 * ahead, so that it is there when it is wanted.
 */

import { encode, latest } from './api.js';

export class Cells {
  /** @param {(path: string, query: Object, signal: AbortSignal) => Promise<any>} get */
  constructor(get) {
    this.get = get;
    this.request = latest();
    /** @type {Map<string, {answer: Promise<import('./api.js').Cells>, controller: AbortController}>} */
    this.kept = new Map();
  }

  /** Ask for several views that belong together. Rejects with AbortError when overtaken. */
  ask(several) {
    const signal = this.request.next();
    const answers = Promise.all(several.map((params) => {
      const kept = this.kept.get(encode(params));
      return kept ? kept.answer : this.get('cells', params, signal);
    }));
    return answers.then((replies) => {
      if (signal.aborted) throw new DOMException('overtaken', 'AbortError');
      return replies;
    });
  }

  /** Fetch these now, and forget whatever else was fetched ahead. */
  ahead(several) {
    const wanted = new Map(several.map((params) => [encode(params), params]));
    for (const [address, { controller }] of this.kept) {
      if (wanted.has(address)) continue;
      controller.abort();
      this.kept.delete(address);
    }
    for (const [address, params] of wanted) {
      if (this.kept.has(address)) continue;
      const controller = new AbortController();
      const answer = this.get('cells', params, controller.signal);
      answer.catch(() => this.kept.delete(address));
      this.kept.set(address, { answer, controller });
    }
  }
}

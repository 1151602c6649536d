/**
 * Every word the map writes, in the reader's language. The exported groups are replaced by `speak`, so
 * use them at the moment of writing (`words.close`), never a copy taken before.
 */

import en from './words.en.js';
import kk from './words.kk.js';
import ru from './words.ru.js';

const LANGUAGES = { en, ru, kk };
const PART = /\{(\d)(?:\|(\w+))?\}/g;

export let language = '';
export let dates, types, kinds, frame, key, figure, play, panel, notice, loosen, popup, item, region;
/** @type {(n: number) => string} */
export let incidents, shown;
/** @type {{thousand: string, million: string}} */
export let units;
let numbers = null;

/** 12345.678 → '12,345.68' */
export const number = (n) => numbers.format(n);

/**
 * Write in this language from now on; an unknown one is English.
 *
 * @param {string} name  'en', 'ru' or 'kk'
 * @returns {boolean}  whether it is another one than before
 */
export function speak(name) {
  const wanted = name in LANGUAGES ? name : 'en';
  if (wanted === language) return false;
  language = wanted;
  const tree = LANGUAGES[wanted];
  numbers = new Intl.NumberFormat(tree.numbers, { maximumFractionDigits: 2 });
  const rules = new Intl.PluralRules(tree.locale);
  const root = {};
  for (const [name, entry] of Object.entries(tree)) root[name] = compile(entry, rules, root);
  ({
    dates, types, kinds, frame, key, figure, play, panel, notice, loosen, popup, item, region, incidents, shown, units,
  } = root);
  document.documentElement.lang = wanted;
  return true;
}

/** Text stays text; what has gaps or plural forms becomes a function of its values. */
function compile(entry, rules, root) {
  if (typeof entry === 'string') return entry.includes('{') ? (...values) => fill(entry, values, root) : entry;
  if (Array.isArray(entry)) return entry;
  if ('other' in entry) {
    return (...values) => fill(entry[rules.select(values[0])] || entry.other, values, root);
  }
  return Object.fromEntries(Object.entries(entry).map(([name, part]) => [name, compile(part, rules, root)]));
}

function fill(text, values, root) {
  return text.replace(PART, (_, at, name) => {
    const value = values[at];
    if (name) return root[name](value);
    return typeof value === 'number' ? number(value) : value;
  });
}

speak('en');

/** Numbers and days as text. Days are 'YYYY-MM-DD' and stay free of time zones. */

import { dates, number, units } from './words.js';

export { number };

/** 1234 → '1.2k', 12345 → '12k', 1200000 → '1.2M' */
export function short(n) {
  if (n < 1000) return String(n);
  const [unit, letter] = n < 999500 ? [1000, units.thousand] : [1e6, units.million];
  const value = n / unit;
  return number(value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)) + letter;
}

const parts = (iso) => iso.split('-').map(Number);

/** '2022-01-05' → '5 Jan' */
export function day(iso) {
  const [, month, date] = parts(iso);
  return dates.day(String(date), dates.monthsShort[month - 1]);
}

/** '2022-01-05' → '5 January' */
export function dayLong(iso) {
  const [, month, date] = parts(iso);
  return dates.day(String(date), dates.months[month - 1]);
}

/** '2022-01-05' → 'Wed 5 January' */
export function dayHeading(iso) {
  const weekday = new Date(`${iso}T00:00Z`).getUTCDay();
  return dates.weekday(dates.weekdays[weekday], dayLong(iso));
}

const withYear = (text, year) => dates.dayYear(text, String(year));

/** '2022-01-05' → '5 January 2022' */
export const dayYear = (iso) => withYear(dayLong(iso), parts(iso)[0]);

/** '2022-01-05' → 'January 2022' */
export function monthYear(iso) {
  const [year, month] = parts(iso);
  return dates.monthYear(dates.monthsAlone[month - 1], String(year));
}

/** Two days as one phrase: '4–7 Jan 2022', '28 Dec 2021 – 3 Jan 2022', '5 Jan 2022'. */
export function span(start, end) {
  const [y0, m0, d0] = parts(start);
  const [y1, m1, d1] = parts(end);
  if (start === end) return withYear(day(start), y0);
  if (y0 === y1 && m0 === m1) return withYear(dates.day(`${d0}–${d1}`, dates.monthsShort[m1 - 1]), y1);
  if (y0 === y1) return withYear(`${day(start)} – ${day(end)}`, y1);
  return `${withYear(day(start), y0)} – ${withYear(day(end), y1)}`;
}

/** Two days within a sentence, the year being clear: '4–5 January', '30 January – 2 February'. */
export function spanLong(start, end) {
  const [, m0, d0] = parts(start);
  const [, m1, d1] = parts(end);
  return m0 === m1 ? dates.day(`${d0}–${d1}`, dates.months[m1 - 1]) : `${dayLong(start)} – ${dayLong(end)}`;
}

/** The day after, or so many days after. @param {string} iso @param {number} [n] */
export function later(iso, n = 1) {
  const at = new Date(`${iso}T00:00Z`);
  at.setUTCDate(at.getUTCDate() + n);
  return at.toISOString().slice(0, 10);
}

/** Low and high as a range; only what is given is written. '1–3', '7', '' */
export function range(low, best, high) {
  const known = [low, best, high].filter((n) => n !== null && n !== undefined);
  if (!known.length) return '';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (most === 0) return '';
  return least === most ? number(least) : `${number(least)}–${number(most)}`;
}

/** Numbers and days as text. Days are 'YYYY-MM-DD' and stay free of time zones. */

import { MONTHS, WEEKDAYS } from './words.js';

const LOCALE = 'en-GB';

/** 12345 → '12,345' */
export const number = (n) => n.toLocaleString(LOCALE, { maximumFractionDigits: 2 });

/** 1234 → '1.2k', 12345 → '12k', 1200000 → '1.2M' */
export function short(n) {
  if (n < 1000) return String(n);
  const [unit, letter] = n < 999500 ? [1000, 'k'] : [1e6, 'M'];
  const value = n / unit;
  return (value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))) + letter;
}

const parts = (iso) => iso.split('-').map(Number);

/** '2022-01-05' → '5 Jan' */
export function day(iso) {
  const [, month, date] = parts(iso);
  return `${date} ${MONTHS[month - 1].slice(0, 3)}`;
}

/** '2022-01-05' → '5 January' */
export function dayLong(iso) {
  const [, month, date] = parts(iso);
  return `${date} ${MONTHS[month - 1]}`;
}

/** '2022-01-05' → 'Wed 5 January' */
export function dayHeading(iso) {
  const weekday = new Date(`${iso}T00:00Z`).getUTCDay();
  return `${WEEKDAYS[weekday]} ${dayLong(iso)}`;
}

/** '2022-01-05' → '5 January 2022' */
export const dayYear = (iso) => `${dayLong(iso)} ${parts(iso)[0]}`;

/** '2022-01-05' → 'January 2022' */
export function monthYear(iso) {
  const [year, month] = parts(iso);
  return `${MONTHS[month - 1]} ${year}`;
}

/** Two days as one phrase: '4–7 Jan 2022', '28 Dec 2021 – 3 Jan 2022', '5 Jan 2022'. */
export function span(start, end) {
  const [y0, m0, d0] = parts(start);
  const [y1, m1] = parts(end);
  if (start === end) return `${day(start)} ${y0}`;
  if (y0 === y1 && m0 === m1) return `${d0}–${day(end)} ${y1}`;
  return y0 === y1 ? `${day(start)} – ${day(end)} ${y1}` : `${day(start)} ${y0} – ${day(end)} ${y1}`;
}

/** Two days within a sentence, the year being clear: '4–5 January', '30 January – 2 February'. */
export function spanLong(start, end) {
  const [, m0, d0] = parts(start);
  const [, m1] = parts(end);
  return m0 === m1 ? `${d0}–${dayLong(end)}` : `${dayLong(start)} – ${dayLong(end)}`;
}

/** Low and high as a range; only what is given is written. '1–3', '7', '' */
export function range(low, best, high) {
  const known = [low, best, high].filter((n) => n !== null && n !== undefined);
  if (!known.length) return '';
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (most === 0) return '';
  return least === most ? number(least) : `${number(least)}–${number(most)}`;
}

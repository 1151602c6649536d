/** How places are called in the reader's language; a place without such a name keeps its English one. */

const KIND = / (область|облысы)$/;

let table = {};

/**
 * @param {string} name  the English name
 * @param {string} [key]  the identifier of a region, the code of a country, 'UZ Tashkent' for a large city
 */
export const called = (name, key = name) => table[key] || table[name] || name;

/** A region's name on the map, where the word for what it is would only be in the way. */
export const calledShort = (name, key) => called(name, key).replace(KIND, '');

/** Fetch the names of a language. @returns {Promise<boolean>} whether they are other ones than before */
export async function learn(get, language) {
  const before = table;
  table = language === 'en' ? {} : await get('names', { lang: language });
  return Object.keys(before).length + Object.keys(table).length > 0;
}

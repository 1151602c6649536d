/** Every word the map writes, in one place, so that another language is another file. */

export const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July',
  'August', 'September', 'October', 'November', 'December',
];
export const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

const coordinate = (degrees, plus, minus) => `${Math.abs(degrees).toFixed(1)}° ${degrees < 0 ? minus : plus}`;

export const incidents = (n) => plural(n, 'incident');
export const shown = (n) => `${incidents(n)} shown`;

/** The frame of the map. */
export const frame = {
  map: 'Map of incidents',
  home: 'Show the whole country',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  close: 'Close',
  lists: (n) => (n ? `Lists · whole country ${n.toLocaleString('en-GB')}` : 'Lists'),
};

/** The key below the map. */
export const key = {
  label: 'Key',
  several: 'several in one place',
  region: 'region only',
  macro: 'wider area',
  approximate: 'approximate',
  size: 'killed or hurt',
  more: 'more',
  less: 'less',
};

/** The panel beside the map. */
export const panel = {
  label: 'Incidents without a point on the map, and places',
  country: 'Whole country',
  places: 'Places',
  countryNote: 'Reported for the country as a whole, so not drawn on the map.',
  countryEmpty: 'No country-wide incident matches.',
  placesEmpty: 'No place matches.',
  points: 'Points',
  areas: 'Known only to an area',
  regions: 'Regions and their figures',
  inView: 'Only what lies in view is listed.',
  rest: (n) => `… and ${plural(n, 'more mark')} on the map. Zoom in to list them.`,
  unplaced: (n) => `${incidents(n)} could not be placed on the map.`,
  row: (name, n) => `${name}: ${incidents(n)}`,
};

/** Waiting, failing, finding nothing. */
export const notice = {
  loading: 'Loading …',
  failed: 'The map could not be updated. What is drawn may be out of date.',
  failedList: 'The list could not be loaded.',
  failedBase: 'Borders and names could not be loaded.',
  retry: 'Try again',
  empty: 'No incident matches',
  emptyView: 'Nothing in this part of the map',
  emptyViewHint: 'Move the map, or show the whole country.',
  loosen: (filters) => `To see more, ${filters}.`,
  noProof: 'No row is no proof that nothing happened.',
};

/** What would bring more rows, for each parameter that restricts. */
export const loosen = {
  dates: 'widen the dates',
  'event-type': 'switch event types back on',
  admin1: 'choose all regions',
  q: 'clear the search',
  'min-precision': 'accept less exact places',
  'known-on': 'set “as known on” to a later day',
  dataset: 'choose all data sets',
};

/** A popup's own words. */
export const popup = {
  gone: 'No incident here under the present filter.',
  first: (listed, total) => (
    `… the first ${listed.toLocaleString('en-GB')} of ${incidents(total)}. Zoom in or narrow the filter for the others.`
  ),
  around: (city) => `Around ${city}`,
  point: (lon, lat) => `Around ${coordinate(lat, 'N', 'S')}, ${coordinate(lon, 'E', 'W')}`,
  nearby: (name, others) => `${name} and ${plural(others, 'place')} nearby`,
  pair: (one, other) => `${one} and ${other}`,
  plus: (name, others) => `${name} +${others}`,
  areaNote: {
    region: 'known only to the region, so not drawn as a point',
    'macro-region': 'known only to this wider area, so not drawn as a point',
    country: 'reported for the country as a whole',
  },
  landmark: (n) => `${incidents(n)} in its regions`,
};

/** Labels of tags on the map. 'Western Kazakhstan' → 'West' */
export const areaTag = (name) => name.split(' ')[0].replace(/ern$/, '');
export const tagLabel = (name, n) => `${name}: ${incidents(n)} known only to this area`;

/** An incident in the list. */
export const item = {
  killed: (range) => `${range} killed`,
  injured: (range) => `${range} injured`,
  arrested: (range) => `${range} arrested`,
  participants: (range) => `${range} taking part`,
  from: (day) => `From ${day}; the last day is not stated`,
  within: (span) => span,
  week: (day) => `Some time in the week from ${day}`,
  month: (month) => `Some time in ${month}`,
  unknownDay: 'The day is not known',
  where: {
    site: 'placed at the town; the exact site is not mapped',
    city: 'placed at the town',
    district: 'placed at the town; only the district is known',
    region: 'somewhere in the region',
    'macro-region': 'somewhere in the wider area',
    country: 'reported for the country as a whole',
  },
  radius: (km) => `within about ${km.toLocaleString('en-GB', { maximumFractionDigits: 0 })} km`,
  known: {
    stated: (day) => `known since ${day}`,
    month: (month) => `known since ${month}, the day is not stated`,
    year: (year) => `known since ${year}, the day is not stated`,
    event: 'publication day not stated: counted as known on the event’s last day',
  },
  reported: {
    stated: (day) => day,
    month: (month) => `${month}, day not stated`,
    year: (year) => `${year}, day not stated`,
    event: 'publication day not stated',
  },
  weak: 'weak source',
  weakHint: 'A machine translation or an unsigned reprint',
  wider: 'within a wider account',
  totals: 'counts several events together',
  others: (n) => plural(n, 'other report'),
  actors: (names) => `Involved: ${names}`,
};

/** A region's figures. */
export const region = {
  kind: { region: 'Region', city: 'City of republican rank' },
  since: (day) => `in these borders since ${day}`,
  until: (day) => `in these borders until ${day}`,
  incidents: (n) => `${incidents(n)} under the present filter`,
  rate: (value) => `${value} per 100,000`,
  areaOnly: (n) => `Show ${n === 1 ? 'the one' : `the ${n.toLocaleString('en-GB')}`} known only to the region`,
  undated: 'date not stated',
  noFigures: 'No figure is on record for it.',
  outline: { approximate: 'Its outline is approximate.', none: 'No outline is at hand for it.' },
  units: { persons: '', percent: '%', km2: 'km²' },
};

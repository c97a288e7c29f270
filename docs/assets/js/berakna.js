// The calculations of a profile, the same as in analysis/profile.py; but where answers are missing,
// as they are while one fills them in, areas are compared on the answered ones. A test runs every
// published unit's answers through both and compares each number.

export const JA = 2;

/** A unit's answers as a list in the order of the indicators; null where one is missing. */
export const answersOf = (unit) => [...unit.svar].map((c) => (c === "-" ? null : Number(c)));

const given = (codes) => codes.filter((code) => code !== null);
export const yes = (codes) => codes.filter((code) => code === JA).length;

/** Share of Ja among the answers given, in percent; null where there are none. */
export function share(codes) {
  const answered = given(codes).length;
  return answered ? (100 * yes(codes)) / answered : null;
}

/** The sum of the nation's shares; null unless all of them are known. */
const nationSum = (indicators) =>
  indicators.every((indicator) => indicator.riket !== null)
    ? indicators.reduce((sum, indicator) => sum + indicator.riket, 0) : null;

/** Mean of the nation's shares; null unless all of them are known. */
export function nationMean(indicators) {
  const sum = nationSum(indicators);
  return sum === null || !indicators.length ? null : sum / indicators.length;
}

/** The nation's mean number of Ja among some indicators; null unless all shares are known. */
export function nationCount(indicators) {
  const sum = nationSum(indicators);
  return sum === null ? null : sum / 100;
}

/** The lowest and the highest of some shares; null where none is known. */
export function range(shares) {
  const known = shares.filter((value) => value !== null);
  return known.length ? [Math.min(...known), Math.max(...known)] : [null, null];
}

/** Quality areas, or with `byArea` the areas in them, each with those of the rows that belong there; none is empty. */
export const parts = ({ data, shown, byArea = false }) => data.omraden
  .filter((omrade) => (omrade.over === null) !== byArea)
  .map((omrade) => ({ omrade, rows: shown.filter((row) => row.kvalitet === omrade.id || row.omrade === omrade.id) }))
  .filter(({ rows }) => rows.length);

const places = (data, areaId) =>
  data.indikatorer.map((indicator, i) => [indicator, i])
    .filter(([indicator]) => indicator.kvalitet === areaId || indicator.omrade === areaId)
    .map(([, i]) => i);

/** One area: own answers beside the nation, all units and `peers`, on the answered indicators. */
function area(data, areaId, answers, peers) {
  const rows = places(data, areaId).filter((i) => answers[i] !== null);
  const pick = (codes) => rows.map((i) => codes[i]);
  const own = pick(answers);
  return {
    id: areaId,
    namn: data.omraden.find((omrade) => omrade.id === areaId).namn,
    ja: yes(own),
    answered: given(own).length,
    share: share(own),
    nation: nationMean(rows.map((i) => data.indikatorer[i])),
    others: share(data.enheter.flatMap((unit) => pick(answersOf(unit)))),
    range: range(data.enheter.map((unit) => share(pick(answersOf(unit))))),
    peers: share(peers.flatMap((unit) => pick(answersOf(unit)))),
  };
}

/**
 * The units to name among those that have what is lacking: the first three, and those that have
 * as many as the third; at most `most`, and how many more there are. As in analysis/profile.py.
 */
export function foremost(helpers, most) {
  const ranked = helpers.filter(([, n]) => n >= helpers[Math.min(2, helpers.length - 1)][1]);
  const shown = ranked.length > most + 1 ? ranked.slice(0, most) : ranked;
  return [shown, ranked.length - shown.length];
}

/**
 * The profile of a list of answers. Only the answered indicators are compared. `group` is the population group (or null); units that lie in
 * the municipality `self` (a name) are not among its own peers.
 */
export function profile(data, answers, { group = null, self = null } = {}) {
  const peers = data.enheter.filter((unit) =>
    group !== null && unit.grupp === group && unit.namn !== self);
  const rows = data.indikatorer.map((indicator, i) => ({ ...indicator, i, svar: answers[i] }));
  const unknown = (row) => Number(row.riket === null); // last, whatever the direction
  const byShare = (direction) => (a, b) =>
    unknown(a) - unknown(b) || direction * (a.riket - b.riket) || a.nr - b.nr;
  const gaps = rows.filter((row) => row.svar === 0 || row.svar === 1).sort(byShare(-1));
  const all = data.enheter.map((unit) => [unit, answersOf(unit)]);
  const has = (row) => all.filter(([, codes]) => codes[row.i] === JA).map(([unit]) => unit);
  const helpers = all
    .map(([unit, codes]) => [unit, gaps.filter((row) => codes[row.i] === JA).length])
    .filter(([, n]) => n)
    .sort((a, b) => b[1] - a[1]);
  const total = yes(answers);
  const asked = rows.filter((row) => row.svar !== null);
  return {
    ja: total,
    partly: answers.filter((code) => code === 1).length,
    no: answers.filter((code) => code === 0).length,
    missing: answers.filter((code) => code === null).length,
    total: answers.length,
    nation: nationMean(asked),
    above: all.filter(([, codes]) => yes(asked.map((row) => codes[row.i])) > total).length,
    areas: data.omraden.filter((omrade) => omrade.over === null)
      .map((omrade) => area(data, omrade.id, answers, peers)),
    strengths: rows.filter((row) => row.svar === JA).sort(byShare(1)),
    gaps: gaps.map((row) => ({ ...row, has: has(row) })),
    helpers,
    peers,
  };
}

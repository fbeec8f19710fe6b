import type { Manager, Outlet, Place, Service } from '../port.ts';
import { type Area, type Grid, outlets, places } from './data.ts';

interface Found {
  grid: Grid;
  area?: Area;
  /** How many letters of the words named it: «西湖区» says less than «文三路199号». */
  letters: number;
}

/** A whole district: the crew that answers for it where nothing nearer is named. */
const isDistrict = (place: string) => /[区县]$/.test(place);

/** Longest place name found in the words wins; a district only where no other is. */
function bestMatch<T extends { places: string[] }>(candidates: readonly T[], words: string) {
  let best: { candidate: T; letters: number; district: boolean } | undefined;
  const beats = (district: boolean, letters: number) =>
    !best || (district === best.district ? letters > best.letters : best.district);
  for (const candidate of candidates)
    for (const place of candidate.places.filter((name) => words.includes(name))) {
      const district = isDistrict(place);
      if (beats(district, place.length)) best = { candidate, letters: place.length, district };
    }
  return best;
}

const gridOf = (name: string) => places().grids.find((grid) => grid.name === name)!;

function byWords(words: string): Found | undefined {
  const area = bestMatch(places().areas, words);
  if (area) return { grid: gridOf(area.candidate.grid), area: area.candidate, letters: area.letters };
  const grid = bestMatch(places().grids, words);
  if (!grid) return undefined;
  // A street of the town is no mountain village, though one crew serves the whole district.
  const town = grid.district && words.includes('街道');
  return { grid: { ...grid.candidate, ...(town ? { setting: 'urban' } : {}) }, letters: grid.letters };
}

type Point = readonly [latitude: number, longitude: number];

/** Metres; exact enough within a province. */
export function distance(one: Point, other: Point): number {
  const north = (one[0] - other[0]) * 111_200;
  const east = (one[1] - other[1]) * 111_200 * Math.cos((one[0] * Math.PI) / 180);
  return Math.hypot(north, east);
}

function nearest<T extends { at: [number, number] }>(
  candidates: readonly T[],
  at: Point,
  within: number,
): T | undefined {
  let best: { candidate: T; metres: number } | undefined;
  for (const candidate of candidates) {
    const metres = distance(candidate.at, at);
    if (metres <= within && metres < (best?.metres ?? Number.POSITIVE_INFINITY)) best = { candidate, metres };
  }
  return best?.candidate;
}

const pinOf = ({ latitude, longitude }: Place): Point | undefined =>
  latitude === undefined || longitude === undefined ? undefined : [latitude, longitude];

/** A transformer feeds what is within some 300 m; a grid looks after a few kilometres, more in the country. */
function byPin(pin: Point): Found | undefined {
  const area = nearest(places().areas, pin, 300);
  if (area) return { grid: gridOf(area.grid), area, letters: 0 };
  const near = (setting: Grid['setting'], within: number) =>
    nearest(
      places().grids.filter((grid) => grid.setting === setting),
      pin,
      within,
    );
  const grid = near('urban', 6000) ?? near('rural', 15_000) ?? near('remote', 30_000);
  return grid && { grid, letters: 0 };
}

/** Words say more than a pin, which may be set anywhere; the account's address stands for the account. */
export function find(place: Place, addressOf: (number: string) => string | undefined): Found | undefined {
  const words = place.address ?? (place.accountNumber && addressOf(place.accountNumber)) ?? '';
  const pin = pinOf(place);
  return byWords(words) ?? (pin && byPin(pin));
}

export function serviceOf({ grid, area }: Found): Service {
  const { name, district, setting, region } = grid;
  return { grid: name, area: area?.name, district, setting, region };
}

export function managerOf(name: string): Manager | undefined {
  const grid = places().grids.find((each) => each.name === name);
  const station = grid && places().stations.find((each) => each.name === grid.station);
  return (
    station && { grid: name, station: station.name, name: grid.manager, phone: station.phone, hours: station.hours }
  );
}

const most = 10;
const farthest = 40_000;

/** Those that are named; else by distance where a point is known; words that name a district and nothing more get that district's. */
export function outletsNear(place: Place, found: Found | undefined, kind?: Outlet['kind']): Outlet[] {
  const candidates = outlets().filter((each) => kind === undefined || each.kind === kind);
  const words = place.address ?? '';
  const pin = pinOf(place);
  const ofDistrict = candidates.filter(({ district }) => words.includes(district.replace(/区$/, '')));
  const named = candidates.filter(({ name }) => words.includes(name));
  if (named.length > 0) return named.slice(0, most);
  const onlyDistrict =
    !pin && !found?.area && ofDistrict.some(({ district }) => district.length >= (found?.letters ?? 0));
  const point = pin ?? found?.area?.at ?? found?.grid.at;
  const chosen = onlyDistrict ? ofDistrict : candidates;
  if (!point) return ofDistrict.slice(0, most);
  const far = (outlet: Outlet) => distance(point, [outlet.latitude, outlet.longitude]);
  return chosen
    .filter((outlet) => far(outlet) <= farthest)
    .sort((one, other) => far(one) - far(other))
    .slice(0, most);
}

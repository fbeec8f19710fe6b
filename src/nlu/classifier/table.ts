import { type Features, KIN, SOUND } from './features.ts';
import { HashIndex } from './hash.ts';

/** What a model knows of features: a hash, a group and a rarity each. */
export interface FeatureTable {
  /** In how many texts a feature had to stand to be here. */
  readonly minimum: number;
  readonly hashes: Int32Array;
  readonly groups: Uint8Array;
  readonly rarity: Float32Array;
}

/** Above this many texts, features that stand in one text only are dropped. */
const SMALL = 1500;
/** The most features of a model: what eight megabytes hold. The rarest are dropped first. */
const MOST = 50_000;

/** Sounds and kin stand last in the table: the hidden layer does as well without them, in half the time. */
export const isLoose = (group: number) => group === SOUND || group === KIN;

/** Counts in how many texts each feature stands; its rarity is the smoothed inverse of that. */
export function countFeatures(texts: readonly Features[]): FeatureTable {
  const minimum = texts.length > SMALL ? 2 : 1;
  const met = census(texts);
  const { hashes, groups, counts } = met;
  const kept = mostCommon(met, minimum);
  const order = [...kept.filter((i) => !isLoose(groups[i]!)), ...kept.filter((i) => isLoose(groups[i]!))];
  return {
    minimum,
    hashes: Int32Array.from(order, (i) => hashes[i]!),
    groups: Uint8Array.from(order, (i) => groups[i]!),
    rarity: Float32Array.from(order, (i) => rarity(texts.length, counts[i]!)),
  };
}

/**
 * The table with the features that enough of some further texts have and it has not. What it knew keeps its rarity, so that
 * rows made with it stay as they were.
 */
export function extended(table: FeatureTable, further: readonly Features[], texts: number): FeatureTable {
  const known = HashIndex.of(table.hashes);
  const met = census(further);
  const fresh = mostCommon(met, table.minimum).filter((i) => known.find(met.hashes[i]!) < 0);
  const boundary = table.groups.findIndex(isLoose);
  const simple = boundary < 0 ? table.groups.length : boundary;
  const [freshSimple, freshLoose] = [false, true].map((loose) =>
    fresh.filter((i) => isLoose(met.groups[i]!) === loose),
  );
  const joined = (old: ArrayLike<number>, ofFresh: (i: number) => number) => {
    const all = Array.from(old);
    return [...all.slice(0, simple), ...freshSimple!.map(ofFresh), ...all.slice(simple), ...freshLoose!.map(ofFresh)];
  };
  return {
    minimum: table.minimum,
    hashes: Int32Array.from(joined(table.hashes, (i) => met.hashes[i]!)),
    groups: Uint8Array.from(joined(table.groups, (i) => met.groups[i]!)),
    rarity: Float32Array.from(joined(table.rarity, (i) => rarity(texts, met.counts[i]!))),
  };
}

const rarity = (texts: number, count: number) => 1 + Math.log((1 + texts) / (1 + count));

interface Census {
  hashes: Int32Array;
  groups: Uint8Array;
  /** In how many texts each stands. */
  counts: Int32Array;
}

/** Every feature in the order of its coming. */
function census(texts: readonly Features[]): Census {
  let most = 0;
  for (const { count } of texts) most += count;
  const index = new HashIndex(most >> 3);
  const hashes = new Int32Array(most);
  const groups = new Uint8Array(most);
  const counts = new Int32Array(most);
  const lastText = new Int32Array(most).fill(-1);
  texts.forEach((features, text) => {
    for (let i = 0; i < features.count; i++) {
      const place = index.add(features.hashes[i]!);
      if (lastText[place] === text) continue;
      if (counts[place]!++ === 0) {
        hashes[place] = features.hashes[i]!;
        groups[place] = features.groups[i]!;
      }
      lastText[place] = text;
    }
  });
  const size = index.size;
  return { hashes: hashes.subarray(0, size), groups: groups.subarray(0, size), counts: counts.subarray(0, size) };
}

/** The positions of the features to keep. Among equally common ones, plain characters before far-fetched pairs. */
function mostCommon({ groups, counts }: Census, minimum: number): number[] {
  const kept: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i]! >= minimum) kept.push(i);
  if (kept.length <= MOST) return kept;
  const worth = (i: number) => 8 * counts[i]! - groups[i]!;
  const least = Int32Array.from(kept, worth).sort()[kept.length - MOST]!;
  return kept.filter((i) => worth(i) >= least).slice(0, MOST);
}

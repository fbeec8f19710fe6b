import { type Features, KIN, SOUND } from './features.ts';

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
  const { hashes, groups, counts } = census(texts);
  const kept = mostCommon(hashes, groups, counts, minimum);
  const order = [...kept.filter((i) => !isLoose(groups[i]!)), ...kept.filter((i) => isLoose(groups[i]!))];
  return {
    minimum,
    hashes: Int32Array.from(order, (i) => hashes[i]!),
    groups: Uint8Array.from(order, (i) => groups[i]!),
    rarity: Float32Array.from(order, (i) => 1 + Math.log((1 + texts.length) / (1 + counts[i]!))),
  };
}

interface Census {
  hashes: number[];
  groups: number[];
  counts: number[];
}

function census(texts: readonly Features[]): Census {
  const places = new Map<number, number>();
  const [hashes, groups, counts, lastText]: number[][] = [[], [], [], []] as [number[], number[], number[], number[]];
  texts.forEach((features, text) => {
    for (let i = 0; i < features.count; i++) {
      const hash = features.hashes[i]!;
      const place = places.get(hash) ?? hashes.length;
      if (place === hashes.length) {
        places.set(hash, place);
        hashes.push(hash);
        groups.push(features.groups[i]!);
        counts.push(0);
        lastText.push(-1);
      }
      if (lastText[place] === text) continue;
      lastText[place] = text;
      counts[place]!++;
    }
  });
  return { hashes, groups, counts };
}

/** The positions of the features to keep. Among equally common ones, plain characters before far-fetched pairs. */
function mostCommon(hashes: number[], groups: number[], counts: number[], minimum: number): number[] {
  const kept = [...hashes.keys()].filter((i) => counts[i]! >= minimum);
  if (kept.length <= MOST) return kept;
  const worth = Float64Array.from(counts, (count, i) => 8 * count - groups[i]!);
  const least = Float64Array.from(kept, (i) => worth[i]!).sort()[kept.length - MOST]!;
  return kept.filter((i) => worth[i]! >= least).slice(0, MOST);
}

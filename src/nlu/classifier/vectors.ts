import { aligned } from './bytes.ts';

/** What a dictionary says of characters (scripts/build-vectors.js): a vector each, of unit length, and its nearest kin. */
export interface CharacterVectors {
  readonly dimensions: number;
  /** Adds the characters' vectors to `sum` from `at` on. */
  addTo(sum: Float32Array, at: number, codePoints: readonly number[]): void;
  /** The characters that build words as this one does, and how alike they are, from 0 to 1. */
  kinOf(codePoint: number): readonly Kin[];
}

export interface Kin {
  codePoint: number;
  likeness: number;
}

const HEAD = 12;

/** The vectors stay in `bytes`, which must not change afterwards. */
export function readVectors(bytes: Uint8Array): CharacterVectors {
  const { buffer, byteOffset } = aligned(bytes);
  const [count = 0, dimensions = 0, kin = 0] = new Int32Array(buffer, byteOffset, 3);
  const codePoints = new Int32Array(buffer, byteOffset + HEAD, count);
  const packed = new Int8Array(buffer, byteOffset + HEAD + 4 * count, count * dimensions);
  const positions = new Uint16Array(buffer, packed.byteOffset + packed.length, count * kin);
  const cosines = new Uint8Array(buffer, positions.byteOffset + positions.byteLength, count * kin);
  const places = new Map<number, number>();
  for (let i = 0; i < count; i++) places.set(codePoints[i]!, i);
  const known = new Map<number, readonly Kin[]>();
  const kinAt = (i: number): Kin[] =>
    Array.from({ length: kin }, (_, n) => ({
      codePoint: codePoints[positions[i * kin + n]!]!,
      likeness: cosines[i * kin + n]! / 255,
    }));
  const lengths = lengthsOf(packed, dimensions);
  return {
    dimensions,
    addTo(sum, at, characters) {
      for (const codePoint of characters) {
        const place = places.get(codePoint);
        if (place === undefined) continue;
        const [start, length] = [place * dimensions, lengths[place]!];
        for (let d = 0; d < dimensions; d++) sum[at + d]! += Math.fround(packed[start + d]! / length);
      }
    },
    kinOf(codePoint) {
      const place = places.get(codePoint);
      if (place === undefined) return [];
      const kept = known.get(codePoint) ?? kinAt(place);
      known.set(codePoint, kept);
      return kept;
    },
  };
}

function lengthsOf(packed: Int8Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: packed.length / dimensions }, (_, place) => {
    let norm = 0;
    for (let i = place * dimensions; i < (place + 1) * dimensions; i++) norm += packed[i]! ** 2;
    return Math.sqrt(norm) || 1;
  });
}

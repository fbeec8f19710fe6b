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

export function readVectors(bytes: Uint8Array): CharacterVectors {
  const { buffer } = bytes.slice();
  const [count = 0, dimensions = 0, kin = 0] = new Int32Array(buffer, 0, 3);
  const codePoints = new Int32Array(buffer, HEAD, count);
  const packed = new Int8Array(buffer, HEAD + 4 * count, count * dimensions);
  const positions = new Uint16Array(buffer, packed.byteOffset + packed.length, count * kin);
  const cosines = new Uint8Array(buffer, positions.byteOffset + positions.byteLength, count * kin);
  const places = new Map<number, number>();
  for (let i = 0; i < count; i++) places.set(codePoints[i]!, i * dimensions);
  const known = new Map<number, readonly Kin[]>();
  const kinAt = (i: number): Kin[] =>
    Array.from({ length: kin }, (_, n) => ({
      codePoint: codePoints[positions[i * kin + n]!]!,
      likeness: cosines[i * kin + n]! / 255,
    }));
  const values = unitLength(packed, dimensions);
  return {
    dimensions,
    addTo(sum, at, characters) {
      for (const codePoint of characters) {
        const place = places.get(codePoint) ?? -1;
        for (let d = 0; place >= 0 && d < dimensions; d++) sum[at + d]! += values[place + d]!;
      }
    },
    kinOf(codePoint) {
      const place = places.get(codePoint);
      if (place === undefined) return [];
      const kept = known.get(codePoint) ?? kinAt(place / dimensions);
      known.set(codePoint, kept);
      return kept;
    },
  };
}

function unitLength(packed: Int8Array, dimensions: number): Float32Array {
  const values = new Float32Array(packed.length);
  for (let start = 0; start < packed.length; start += dimensions) {
    let norm = 0;
    for (let i = start; i < start + dimensions; i++) norm += packed[i]! ** 2;
    const length = Math.sqrt(norm) || 1;
    for (let i = start; i < start + dimensions; i++) values[i] = packed[i]! / length;
  }
  return values;
}

/** 32-bit hashing of symbols: a feature is its hash, so a model carries four bytes a feature and no strings. */

/** Murmur3's mixing of one more symbol into a running hash. */
export function mix(hash: number, symbol: number): number {
  let k = Math.imul(symbol, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** The hash of nothing: a word's begins here, symbol by symbol. */
export const SEED = 0x811c9dc5 | 0;

export function hashText(text: string): number {
  let hash = SEED;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

/** Numbers hashes in the order of their coming, by open addressing: half the memory and a third of the time of a Map of numbers. */
export class HashIndex {
  private keys: Int32Array;
  /** One more than the number; 0 where nothing is. */
  private places: Int32Array;
  private count = 0;

  constructor(expected = 8) {
    const capacity = 1 << (32 - Math.clz32(Math.max(8, expected * 2)));
    this.keys = new Int32Array(capacity);
    this.places = new Int32Array(capacity);
  }

  /** The hashes must be distinct; each is found again at its own position. */
  static of(hashes: Int32Array): HashIndex {
    const index = new HashIndex(hashes.length);
    for (let i = 0; i < hashes.length; i++) index.add(hashes[i]!);
    return index;
  }

  get size(): number {
    return this.count;
  }

  /** The hash's number: the next one if it is new. */
  add(hash: number): number {
    const slot = this.slot(hash);
    if (this.places[slot]! > 0) return this.places[slot]! - 1;
    this.keys[slot] = hash;
    this.places[slot] = ++this.count;
    if (this.count * 2 > this.keys.length) this.grow();
    return this.count - 1;
  }

  /** -1 when unknown. */
  find(hash: number): number {
    return this.places[this.slot(hash)]! - 1;
  }

  private slot(hash: number): number {
    const mask = this.keys.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.places[slot]! > 0 && this.keys[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, places } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.places = new Int32Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (places[i] === 0) continue;
      const slot = this.slot(keys[i]!);
      this.keys[slot] = keys[i]!;
      this.places[slot] = places[i]!;
    }
  }
}

export function codePointsOf(text: string): number[] {
  const codePoints: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const codePoint = text.codePointAt(i)!;
    if (codePoint > 0xffff) i++;
    codePoints.push(codePoint);
  }
  return codePoints;
}

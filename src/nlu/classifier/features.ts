import { codePointsOf, hashText, mix } from './hash.ts';
import type { Language } from './language.ts';

/** Each kind of feature is one group, weighed and scaled on its own, so that none drowns the others. */
export const GROUPS = ['character', 'word', 'sound', 'kin'] as const;
export const CHARACTER = 0;
export const WORD = 1;
export const SOUND = 2;
/** The characters of the text and those like them: «灯» is a little «烛» too. */
export const KIN = 3;

const EDGE = 2;

/** Memory is taken in pieces of so many bytes: a training reads thousands of texts. */
const PIECE = 1 << 18;
let piece = new ArrayBuffer(0);
let used = 0;

function roomFor(bytes: number): { room: ArrayBuffer; at: number } {
  if (used + bytes > piece.byteLength) [piece, used] = [new ArrayBuffer(Math.max(PIECE, bytes)), 0];
  const at = used;
  used += Math.ceil(bytes / 4) * 4;
  return { room: piece, at };
}

/** About so many features a character has; more make the arrays grow. */
const TYPICAL = 15;

/** The features of one text, in arrays that grow as needed: where each stood is kept, so that evidence can show it. */
export class Features {
  text = '';
  codePoints: number[] = [];
  count = 0;
  hashes: Int32Array;
  groups: Uint8Array;
  starts: Uint16Array;
  ends: Uint16Array;
  /** 1, or for kin how alike. */
  strengths: Float32Array;

  constructor(capacity: number) {
    const { room, at } = roomFor(capacity * 13);
    this.hashes = new Int32Array(room, at, capacity);
    this.strengths = new Float32Array(room, at + 4 * capacity, capacity);
    this.starts = new Uint16Array(room, at + 8 * capacity, capacity);
    this.ends = new Uint16Array(room, at + 10 * capacity, capacity);
    this.groups = new Uint8Array(room, at + 12 * capacity, capacity);
  }

  add(group: number, hash: number, start: number, end: number, strength = 1): void {
    if (this.count === this.hashes.length) this.grow();
    this.hashes[this.count] = mix(hash, group);
    this.groups[this.count] = group;
    this.strengths[this.count] = strength;
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  private grow(): void {
    const { hashes, strengths, starts, ends, groups } = new Features(this.hashes.length * 2);
    hashes.set(this.hashes);
    strengths.set(this.strengths);
    starts.set(this.starts);
    ends.set(this.ends);
    groups.set(this.groups);
    Object.assign(this, { hashes, strengths, starts, ends, groups });
  }
}

/** Reads everything countable out of a text that is normalised already. */
export function readFeatures(text: string, language: Language): Features {
  const features = new Features(TYPICAL * (text.length + 2));
  features.text = text;
  features.codePoints = codePointsOf(text);
  readCharacters(features);
  readWords(features, language.cut(text));
  readSounds(features, language);
  readKin(features, language);
  return features;
}

function readCharacters(features: Features): void {
  const { codePoints } = features;
  let before = EDGE;
  for (let i = 0; i <= codePoints.length; i++) {
    const current = codePoints[i] ?? EDGE;
    if (current !== EDGE) features.add(CHARACTER, current, i, i + 1);
    if (codePoints.length > 0) features.add(CHARACTER, mix(before, current), Math.max(0, i - 1), i + 1);
    before = current;
  }
}

function readWords(features: Features, words: string[]): void {
  let before = 0;
  let beforeStart = 0;
  let start = 0;
  for (const word of words) {
    const hash = hashText(word);
    const end = start + word.length;
    features.add(WORD, hash, start, end);
    if (before !== 0) features.add(WORD, mix(before, hash), beforeStart, end);
    before = hash;
    beforeStart = start;
    start = end;
  }
}

function readSounds(features: Features, { soundOf }: Language): void {
  const { codePoints } = features;
  let first = 0;
  let second = 0;
  for (let i = 0; i < codePoints.length; i++) {
    const third = soundOf(codePoints[i]!);
    features.add(SOUND, third, i, i + 1);
    if (i > 0) features.add(SOUND, mix(second, third), i - 1, i + 1);
    if (i > 1) features.add(SOUND, mix(mix(first, second), third), i - 2, i + 1);
    first = second;
    second = third;
  }
}

function readKin(features: Features, { vectors }: Language): void {
  features.codePoints.forEach((codePoint, i) => {
    features.add(KIN, codePoint, i, i + 1);
    for (const { codePoint: other, likeness } of vectors.kinOf(codePoint)) features.add(KIN, other, i, i + 1, likeness);
  });
}

import { CONCEPT, type Features } from './features.ts';
import { HashIndex, hashText, mix } from './hash.ts';
import type { Language } from './language.ts';
import { normalise } from './normalise.ts';
import { isHan, type SoundOf } from './sound.ts';

/** A group of phrases that mean one thing: «没电 冇电 莫得电 黑灯瞎火». */
export interface Concept {
  name: string;
  phrases: readonly string[];
}

/** Shorter phrases than this are matched as written only: by sound they would be found everywhere. */
const SHORTEST_BY_SOUND = 3;

/** Finds every concept that a text touches, by its characters and by its sounds, in one walk over the text. */
export class ConceptReader {
  readonly concepts: readonly Concept[];
  private readonly soundOf: SoundOf;
  private readonly index: HashIndex;
  private readonly owners: number[][];
  private readonly names: number[];
  private readonly longest: number;

  constructor(concepts: readonly Concept[], { soundOf, simplify }: Language) {
    this.concepts = concepts;
    this.soundOf = soundOf;
    this.names = concepts.map(({ name }) => hashText(name));
    const owners = new Map<number, number[]>();
    let longest = 0;
    concepts.forEach(({ phrases }, concept) => {
      for (const phrase of phrases) {
        const codePoints = Array.from(normalise(phrase, simplify), (c) => c.codePointAt(0)!);
        longest = Math.max(longest, codePoints.length);
        for (const key of this.keysOf(codePoints)) {
          const list = owners.get(key);
          if (!list) owners.set(key, [concept]);
          else if (!list.includes(concept)) list.push(concept);
        }
      }
    });
    this.longest = longest;
    this.index = new HashIndex(Int32Array.from(owners.keys()));
    this.owners = [...owners.values()];
  }

  private keysOf(codePoints: number[]): number[] {
    if (codePoints.length === 0) return [];
    const written = codePoints.reduce(mix, WRITTEN);
    const heard = codePoints.map(this.soundOf).reduce(mix, HEARD);
    const bySound = codePoints.length >= SHORTEST_BY_SOUND && codePoints.every(isHan);
    return bySound ? [written, heard] : [written];
  }

  /** Adds an indicator a concept, and one a pair of concepts. */
  read(features: Features): void {
    const found = this.find(features.codePoints);
    const concepts = [...found.keys()].sort((a, b) => a - b);
    for (const [i, first] of concepts.entries()) {
      const [start, end] = found.get(first)!;
      features.add(CONCEPT, this.names[first]!, start, end);
      for (const second of concepts.slice(i + 1))
        features.add(CONCEPT, mix(this.names[first]!, this.names[second]!), start, found.get(second)![1]);
    }
  }

  /** Concept → where its longest phrase stands. */
  private find(codePoints: number[]): Map<number, [number, number]> {
    const found = new Map<number, [number, number]>();
    if (this.index.size === 0) return found;
    const sounds = codePoints.map(this.soundOf);
    for (let start = 0; start < codePoints.length; start++) {
      let written = WRITTEN;
      let heard = HEARD;
      for (let end = start; end < Math.min(codePoints.length, start + this.longest); end++) {
        written = mix(written, codePoints[end]!);
        heard = mix(heard, sounds[end]!);
        this.note(found, this.index.find(written), start, end + 1);
        this.note(found, this.index.find(heard), start, end + 1);
      }
    }
    return found;
  }

  private note(found: Map<number, [number, number]>, place: number, start: number, end: number): void {
    if (place < 0) return;
    for (const concept of this.owners[place]!) {
      const old = found.get(concept);
      if (!old || end - start > old[1] - old[0]) found.set(concept, [start, end]);
    }
  }
}

const WRITTEN = 11;
const HEARD = 13;

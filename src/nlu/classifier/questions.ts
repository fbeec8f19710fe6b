import { CHARACTER, GROUPS, KIN, readFeatures, SOUND, WORD } from './features.ts';
import type { Language } from './language.ts';
import { normalise } from './normalise.ts';

/** A few known questions: ways of asking each, by its key. */
export type Questions = Readonly<Record<string, readonly string[]>>;

export interface Likeness {
  key: string;
  /** From about 0, nothing in common, to 1, the same words. */
  likeness: number;
}

/** What each view counts: of characters, words, sounds and kin of characters, and of each view of what words mean. */
const SHARES = { [CHARACTER]: 0.3, [WORD]: 0.1, [SOUND]: 0.1, [KIN]: 0.2 };
const MEANING = 0.15;

/** The best of a key's questions counts so much, the next best the rest: two that are like it say more than one. */
const BEST = 0.7;

interface Read {
  /** A feature's weight; the groups are of one length each, times the root of their share. */
  weights: ReadonlyMap<number, number>;
  meanings: readonly Float32Array[];
}

/**
 * Which of a few known questions a message asks in other words. No lesson is needed, so that what was just written is found at once; the
 * classifier would want hundreds of examples to tell two questions of one matter apart. For tens of questions: it looks at all of them.
 */
export class QuestionFinder {
  private readonly language: Language;
  private readonly rarity = new Map<number, number>();
  private readonly unseen: number;
  private readonly middles: readonly Float32Array[];
  private readonly known: readonly (Read & { key: string })[];

  constructor(questions: Questions, language: Language) {
    this.language = language;
    const ways = Object.entries(questions).flatMap(([key, texts]) => texts.map((text) => ({ key, text })));
    const counts = new Map<number, number>();
    const read = ways.map(({ text }) => this.count(text));
    for (const { strengths } of read)
      for (const hash of strengths.keys()) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    for (const [hash, count] of counts) this.rarity.set(hash, Math.log((1 + read.length) / count));
    this.unseen = Math.log(1 + read.length);
    this.middles = language.words.map((_, view) => middle(read.map(({ meanings }) => meanings[view]!)));
    this.known = read.map((each, i) => ({ key: ways[i]!.key, ...this.weigh(each) }));
  }

  /** The keys, most alike first. */
  find(text: string): Likeness[] {
    const asked = this.weigh(this.count(text));
    const likenesses = new Map<string, number[]>();
    for (const one of this.known) likenesses.set(one.key, [...(likenesses.get(one.key) ?? []), alike(asked, one)]);
    const found = [...likenesses].map(([key, all]) => {
      const [best = 0, next = best] = all.sort((a, b) => b - a);
      return { key, likeness: BEST * best + (1 - BEST) * next };
    });
    return found.sort((a, b) => b.likeness - a.likeness);
  }

  private count(text: string) {
    const features = readFeatures(normalise(text, this.language.simplify), this.language);
    const strengths = new Map<number, number>();
    const groupOf = new Map<number, number>();
    for (let i = 0; i < features.count; i++) {
      const hash = features.hashes[i]!;
      strengths.set(hash, Math.max(strengths.get(hash) ?? 0, features.strengths[i]!));
      groupOf.set(hash, features.groups[i]!);
    }
    const meanings = this.language.words.map((view) => {
      const sum = new Float32Array(view.dimensions);
      view.addTo(sum, 0, features.codePoints);
      return unit(sum);
    });
    return { strengths, groupOf, meanings };
  }

  private weigh({ strengths, groupOf, meanings }: ReturnType<QuestionFinder['count']>): Read {
    const norms = new Float64Array(GROUPS.length);
    const weights = new Map<number, number>();
    for (const [hash, strength] of strengths) {
      const weight = strength * (this.rarity.get(hash) ?? this.unseen);
      weights.set(hash, weight);
      norms[groupOf.get(hash)!]! += weight ** 2;
    }
    for (const [hash, weight] of weights) {
      const group = groupOf.get(hash) as keyof typeof SHARES;
      weights.set(hash, weight * Math.sqrt(SHARES[group] / (norms[group] || 1)));
    }
    return { weights, meanings: meanings.map((each, view) => unit(minus(each, this.middles[view]!))) };
  }
}

function alike(one: Read, other: Read): number {
  let sum = 0;
  for (const [hash, weight] of one.weights) sum += weight * (other.weights.get(hash) ?? 0);
  one.meanings.forEach((meaning, view) => {
    sum += MEANING * dot(meaning, other.meanings[view]!);
  });
  return sum;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((each) => each / length) : vector;
}

const minus = (vector: Float32Array, middle: Float32Array) => vector.map((each, i) => each - middle[i]!);

function middle(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]! / vectors.length;
  return sum;
}

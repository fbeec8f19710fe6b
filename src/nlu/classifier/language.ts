import type { SoundOf } from './sound.ts';
import type { CharacterVectors } from './vectors.ts';
import type { WordVectors } from './words.ts';

/** What the classifier knows of Chinese before it has seen a single example; loaded once, by the door. */
export interface Language {
  /** Words of a sentence, in order. */
  cut(text: string): string[];
  /** Traditional script into simplified. */
  simplify(text: string): string;
  soundOf: SoundOf;
  vectors: CharacterVectors;
  /** Views of what words mean, each with an eye of its own. */
  words: readonly WordVectors[];
}

import { Corrector } from './corrector.ts';
import { type Ensemble, type Votes, vote } from './ensemble.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import type { Language } from './language.ts';
import { type Logistic, probability } from './logistic.ts';
import { Nearest } from './nearest.ts';
import { Pairs } from './pairs.ts';
import { meanVotes, type Pooling, pool } from './pooling.ts';
import type { IntentClassifier, Recognition } from './port.ts';
import { readViews } from './reader.ts';
import type { Row } from './rows.ts';
import { scopeMeasures } from './scope.ts';
import type { FeatureTable } from './table.ts';
import { Vocabulary } from './vocabulary.ts';

/** All that was learnt: what is written to disk. */
export interface Knowledge {
  intents: string[];
  /** Position of the intent that means «not for us», or -1. */
  outside: number;
  /** Training texts as written, normalised, and their intents. */
  written: readonly string[];
  texts: readonly string[];
  labels: Int32Array;
  table: FeatureTable;
  ensemble: Ensemble;
  pooling: Pooling;
  scope: Logistic;
}

const ALTERNATIVES = 4;

export class Model implements IntentClassifier {
  readonly knowledge: Knowledge;
  private readonly language: Language;
  private readonly vocabulary: Vocabulary;
  private readonly corrector: Corrector;
  private readonly nearest: Nearest;

  constructor(knowledge: Knowledge, language: Language) {
    this.knowledge = knowledge;
    this.language = language;
    const pairs = new Pairs(knowledge.texts);
    this.vocabulary = new Vocabulary(knowledge.table, language);
    this.corrector = new Corrector(pairs, language.soundOf);
    this.nearest = new Nearest(pairs);
  }

  get intents(): readonly string[] {
    return this.knowledge.intents;
  }

  /** Any text has an answer, also the empty one and one in no language at all. */
  recognise(text: string): Recognition {
    const { intents, pooling, scope, outside } = this.knowledge;
    const message = this.read(text);
    const probabilities = pool(message.votes, pooling);
    const likeness = this.nearest.find(message.text, 1)[0]?.likeness ?? 0;
    const measures = scopeMeasures({ ...message, probabilities, likeness, outside });
    const [first, ...rest] = ranking(probabilities);
    return {
      intent: intents[first!]!,
      confidence: probabilities[first!]!,
      // Of a text without a single known feature nothing speaks for its being meant for us.
      inScope: message.known > 0 ? probability(scope, measures) : 0,
      alternatives: rest.slice(0, ALTERNATIVES).map((k) => ({ intent: intents[k]!, confidence: probabilities[k]! })),
    };
  }

  /** Why: the training texts most like the message, and what in it speaks for the winner. Slower; for people who ask. */
  explain(text: string): Evidence {
    const message = this.read(text);
    const winner = ranking(pool(message.votes, this.knowledge.pooling))[0]!;
    return gatherEvidence(this.knowledge, this.vocabulary, this.nearest, message, winner);
  }

  private read(text: string): Message {
    const { text: normalised, views } = readViews(text, this.language, this.corrector);
    const rows = views.map((features) => this.vocabulary.vectorise(features));
    const votes = meanVotes(rows.map((row) => vote(this.knowledge.ensemble, row)));
    return { text: normalised, views, rows, votes, known: rows[0]!.known };
  }
}

/** A message in all the forms that judging it takes. */
export interface Message extends ReturnType<typeof readViews> {
  rows: Row[];
  votes: Votes;
  known: number;
}

const ranking = (probabilities: Float64Array): number[] =>
  Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);

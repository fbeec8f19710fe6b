import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '#yaml';

const Phrases = z.array(z.coerce.string().min(1));
const IntentFile = z.strictObject({
  /** What staff and buttons call it. */
  name: z.string().min(1),
  /**
   * Things a customer may notice in this dialog, each with the phrases that say so. In a phrase «…» stands for up to eight letters of the
   * same clause, «……» for up to thirty of the same sentence. Of every dialog the product itself knows: `begins` (means this intent
   * whatever the classifier thinks), `hints` (where it is not sure), `bare` (no more than the wish), `again` (right after its answer, the
   * same once more), `withheld` (refused in words by the text of that name; while its form is on, if it has a dialog).
   */
  signs: z.record(z.string(), Phrases).optional(),
  /**
   * What customers ask about this matter while it is on or just after: ways of asking by the key of the answer, `aside.<key>` in the texts.
   * Other words for the same are understood too.
   */
  asides: z.record(z.string(), Phrases).optional(),
  /** Utterances by the voice that says them, so that cross-validation can leave a whole voice out. */
  voices: z.record(z.string(), Phrases),
});

/** One thing that customers want, as the running bot needs it. */
export interface Intent {
  id: string;
  name: string;
  signs: Readonly<Record<string, readonly string[]>>;
  asides: Readonly<Record<string, readonly string[]>>;
  /** How many utterances there are; the classifier has learnt them, the bot needs none. */
  utterances: number;
}

/** How people say it: intents/<id>.yml. */
export interface Taught {
  id: string;
  name: string;
  utterances: readonly { text: string; voice: string }[];
}

const Head = IntentFile.omit({ voices: true });

/** Every intent's name and signs. Leaves the utterances unread: thousands of lines that only learning needs. @throws naming every faulty file. */
export function readIntents(folder: string): Map<string, Intent> {
  return new Map(
    readFiles(folder, (id, text) => {
      const at = text.search(/^voices:/m);
      const { name, signs = {}, asides = {} } = Head.parse(readYaml(at < 0 ? text : text.slice(0, at)));
      const utterances = at < 0 ? 0 : (text.slice(at).match(/^ +- /gm)?.length ?? 0);
      return [id, { id, name, signs, asides, utterances }];
    }),
  );
}

/** Every intent with its utterances, to learn from. @throws naming every faulty file. */
export const readTaught = (folder: string): Taught[] =>
  readFiles(folder, (id, text) => {
    const { name, voices } = IntentFile.parse(readYaml(text));
    const utterances = Object.entries(voices).flatMap(([voice, texts]) => texts.map((each) => ({ text: each, voice })));
    return { id, name, utterances };
  });

function readFiles<T>(folder: string, read: (id: string, text: string) => T): T[] {
  const faults: string[] = [];
  const found: T[] = [];
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.yml'))) {
    const id = basename(file, '.yml');
    try {
      found.push(read(id, readFileSync(join(folder, file), 'utf8')));
    } catch (error) {
      faults.push(`${join(folder, file)}: ${error instanceof z.ZodError ? z.prettifyError(error) : error}`);
    }
  }
  if (faults.length) throw new Error(`Intents can't be read:\n${faults.join('\n')}`);
  return found;
}

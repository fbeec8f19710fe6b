import type { Intent } from '#intents';
import type { Texts } from '#texts';
import type { Manifest } from './versions.ts';

/** The shipped intents under the names that admins gave, and their own ones beside them. */
export function intentsOver(shipped: ReadonlyMap<string, Intent>, manifest: Manifest): ReadonlyMap<string, Intent> {
  const ours = manifest.map(({ id, name }): [string, Intent] => {
    const { signs = {}, asides = {}, utterances = 0 } = shipped.get(id) ?? {};
    return [id, { id, name, signs, asides, utterances }];
  });
  return new Map([...shipped, ...ours]);
}

/** Every answer that was ever published: a turn that began before a roll-back still finds its words. */
export type Answers = Map<string, string>;

/**
 * The shipped texts with the answers that admins wrote. An intent that neither they nor the files answer (a later release took its
 * dialog away) is answered like a message that was not understood: no turn fails for want of words.
 */
export function textsOver(shipped: Texts, current: Answers, earlier: Answers): Texts {
  const written = (file: string, key: string) => {
    if (key !== 'answer') return undefined;
    const answer = current.get(file) ?? shipped.find(file, key) ?? earlier.get(file);
    return answer ?? shipped.find('common', 'unclear');
  };
  return {
    ...shipped,
    find: (file, key) => written(file, key) ?? shipped.find(file, key),
    say(file, key, facts) {
      const unshipped = current.has(file) || shipped.find(file, key) === undefined;
      return (unshipped ? written(file, key) : undefined) ?? shipped.say(file, key, facts);
    },
  };
}

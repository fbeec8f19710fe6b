import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Jieba } from '@node-rs/jieba';
import fc from 'fast-check';
import { readTaught } from '#intents';
import { loadLanguage } from '#nlu';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dictionary = readFileSync(join(root, 'src/nlu/data/words.txt'));
const jieba = Jieba.withDict(dictionary);
const { cut } = loadLanguage();

describe('texts are cut as by jieba', () => {
  test('all that the intents are taught with', () => {
    const texts = readTaught(join(root, 'intents')).flatMap(({ utterances }) => utterances.map(({ text }) => text));
    expect(texts.filter((text) => cut(text).join('|') !== jieba.cut(text, false).join('|'))).toEqual([]);
  });

  test('words of the dictionary in any order, with letters, figures and signs of any script between them', () => {
    const words = dictionary
      .toString()
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ')[0] as string);
    const part = fc.oneof(
      fc.nat(words.length - 1).map((word) => words[word] as string),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        // jieba keeps these two together; nothing that is read has them.
        const text = parts.join('').replaceAll('\r\n', '');
        expect(cut(text)).toEqual(jieba.cut(text, false));
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing gets lost, not even half a character', () => {
    for (const text of ['', '\ud842', '停\udfb7电', '\0', '𠮷家没电', 'a'.repeat(5000)])
      expect(cut(text).join('')).toBe(text);
  });
});

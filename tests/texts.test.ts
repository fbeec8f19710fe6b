import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Converter } from 'opencc-js/cn2t';
import { loadDialogs } from '#bot';
import type { SettingsError } from '#errors';
import { readIntents } from '#intents';
import { readTexts, readTranslations } from '#texts';

const root = fileURLToPath(new URL('..', import.meta.url));
const locales = join(root, 'locales');

describe('what a release says', () => {
  test('English has every text, none in vain, and each with the same facts', () => {
    expect(readTranslations(locales).faults(readTexts(join(locales, 'zh-CN')))).toEqual([]);
  });

  test('the buttons of an answer are the same in every language', () => {
    const [written, english] = [readTexts(join(locales, 'zh-CN')), readTexts(join(locales, 'en'))];
    for (const file of written.files())
      for (const key of written.keys(file).filter((each) => /^buttons(\.|$)/.test(each)))
        expect(`${file} ${key} ${english.find(file, key)}`).toBe(`${file} ${key} ${written.find(file, key)}`);
  });

  test('no text in traditional script has a character that only simplified script knows', () => {
    const written = readTexts(join(locales, 'zh-CN'));
    const traditional = readTranslations(locales).of(written, 'zh-TW');
    const convert = Converter({ from: 'cn', to: 'tw' });
    const common = charactersOfBig5();
    const isSimplified = (character: string) => convert(character) !== character && !common.has(character);
    const wrong = written.files().flatMap((file) =>
      written
        .keys(file)
        .map((key) => [`${file} ${key}`, [...(traditional.find(file, key) ?? '')].filter(isSimplified).join('')])
        .filter(([, characters]) => characters),
    );
    expect(wrong).toEqual([]);
  });
});

/** The 5401 everyday characters of traditional script: «里» and «后» are among them, «个» and «万» are not. */
function charactersOfBig5(): Set<string> {
  const decoder = new TextDecoder('big5');
  const all = new Set<string>();
  for (let lead = 0xa4; lead <= 0xc6; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail < 0x7f || trail > 0xa0) all.add(decoder.decode(Uint8Array.of(lead, trail)));
  return all;
}

describe('faults of translations are told at once', () => {
  let folder: string;
  const write = (file: string, words: string) => writeFileSync(join(folder, file), words);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gridtalk-locales-'));
    for (const language of ['zh-CN', 'zh-TW', 'en']) mkdirSync(join(folder, language));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const faults = () => readTranslations(folder).faults(readTexts(join(folder, 'zh-CN')));

  test('a key that English lacks, one in vain, other facts, a file of nothing, a language nobody speaks', () => {
    write('zh-CN/common.yml', 'name: 公司\nhello: 您好\nfiled: 工单号 {number}\n');
    write('en/common.yml', 'name: Company\nbye: Goodbye\nfiled: Order {order}\n');
    write('en/lost.yml', 'answer: Nobody asks\n');
    write('zh-TW/common.yml', 'gone: 再見\n');
    cpSync(join(locales, 'zh-TW/phrases.yml'), join(folder, 'zh-TW/phrases.yml'));
    mkdirSync(join(folder, 'fr'));
    expect(faults()).toEqual([
      expect.stringMatching(/^locales\/fr is no language/),
      expect.stringMatching(/^locales\/en\/common.yml lacks hello/),
      expect.stringMatching(/^locales\/en\/common.yml tells \{order\} in filed/),
      expect.stringMatching(/^locales\/en\/common.yml has bye/),
      expect.stringMatching(/^locales\/en\/lost.yml has answer/),
      expect.stringMatching(/^locales\/zh-TW\/common.yml has gone/),
    ]);
  });

  test('what an admin adds has no English: it is said as it is written', () => {
    write('zh-CN/common.yml', 'name: 公司\n');
    write('en/common.yml', 'name: Company\n');
    const english = readTranslations(folder).of({ ...readTexts(join(folder, 'zh-CN')), ...added }, 'en');
    expect(english.say('festival', 'answer', { day: '10月1日' })).toBe('10月1日放假');
    expect(english.say('common', 'name')).toBe('Company');
  });

  /** Texts as the studio publishes them: a file that no folder has. */
  const added = {
    find: (file: string, key: string) => (file === 'festival' && key === 'answer' ? '{day}放假' : undefined),
    say: (_file: string, _key: string, facts: object = {}) => `${Object.values(facts).join('')}放假`,
    keys: (file: string) => (file === 'festival' ? ['answer'] : []),
  };

  test('days, months and lists among the facts are written in English; what stands in Chinese stays', () => {
    write('zh-CN/common.yml', 'due: "{month}，{day}，{where} {gap}！"\n');
    write('en/common.yml', 'due: "{month}, due {day}, {gap} {where}."\n');
    const english = readTranslations(folder).of(readTexts(join(folder, 'zh-CN')), 'en');
    const facts = { month: '10月、2025年9月', day: '11月18日 21:00', where: '三月路5号、6号' };
    expect(english.say('common', 'due', facts)).toBe('October, September 2025, due 18 Nov 21:00, 三月路5号、6号.');
  });

  test('the start stops with the faults of dialogs and of translations, all at once', async () => {
    cpSync(join(locales, 'zh-CN'), join(folder, 'zh-CN'), { recursive: true });
    write('zh-CN/feedback.yml', 'unasked: 没有人说\n');
    const intents = readIntents(join(root, 'intents'));
    const started = loadDialogs(join(root, 'dialogs'), intents, readTexts(join(folder, 'zh-CN')), faults());
    const told = await started.then(
      () => [],
      (error: SettingsError) => error.faults,
    );
    expect(told).toContainEqual(expect.stringMatching(/^dialogs\/feedback.ts says praised/));
    expect(told).toContainEqual(expect.stringMatching(/^locales\/zh-CN\/feedback.yml has unasked/));
    expect(told).toContainEqual(expect.stringMatching(/^locales\/en\/feedback.yml lacks unasked/));
  });
});

/**
 * Makes src/nlu/data/script.ts (traditional and simplified characters, from opencc-js, Apache-2.0) and src/nlu/data/sounds.ts
 * (the reading of each character, from pinyin-pro, MIT): the server then loads neither of the two.
 * Run once a version of theirs: node scripts/build-characters.js
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as opencc from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';

/** Chinese characters of the first plane, and of the second. */
const RANGES = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x323af],
];
const data = new URL('../src/nlu/data/', import.meta.url);
const characters = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
);

/** In simplified script too it is a character of its own: «蒜薹». */
const KEPT = '薹';
/** Words whose characters alone would turn into others; of OpenCC's hundreds, what customers write. */
const PHRASES = ['回覆', '答覆', '批覆', '覆電', '計畫', '瞭解', '傢俱'];

const simplify = opencc.Converter({ from: 't', to: 'cn' });
const traditional = characters.filter((character) => simplify(character) !== character && !KEPT.includes(character));
const simplified = traditional.map((character) => simplify(character));

const readings = new Map();
for (const character of characters) {
  const syllable = pinyin(character, { toneType: 'none' });
  if (syllable !== character) readings.set(syllable, (readings.get(syllable) ?? '') + character);
}
const sounds = [...readings].sort(([a], [b]) => (a < b ? -1 : 1));

const origin = '/** Made by scripts/build-characters.js: change it there. */\n';
writeFileSync(
  new URL('script.ts', data),
  `${origin}export const traditional =\n  '${traditional.join('')}';\n\n` +
    `/** What each of them is in simplified script, in the same order. */\nexport const simplified =\n  '${simplified.join('')}';\n\n` +
    `/** Words that their characters alone would spell wrongly. */\nexport const phrases: Readonly<Record<string, string>> = {\n` +
    `${PHRASES.map((phrase) => `  ${phrase}: '${simplify(phrase)}',\n`).join('')}};\n`,
);
writeFileSync(
  new URL('sounds.ts', data),
  `${origin}/** The characters of each syllable. */\nexport const sounds: Readonly<Record<string, string>> = {\n` +
    `${sounds.map(([syllable, own]) => `  ${syllable}: '${own}',\n`).join('')}};\n`,
);
// Its rules for long texts are best left to itself.
const biome = fileURLToPath(new URL('../node_modules/.bin/biome', import.meta.url));
execFileSync(biome, ['format', '--write', '--vcs-enabled=false', fileURLToPath(data)], { stdio: 'inherit' });
console.log(`${traditional.length} traditional characters, ${sounds.length} syllables`);

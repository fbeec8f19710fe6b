/**
 * Makes src/nlu/data/words.txt, by which messages are cut into words: the lines «word frequency» of jieba's dictionary (MIT) without
 * its rare words, most of them names. They would cost the process more memory than anything else, and each start the time to read
 * them, and change next to nothing of how customers' messages are cut; nor does anybody ask for a word's tag.
 * Run once a version of it: node scripts/build-dictionary.js
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** Words that stood at least so often in the dictionary's corpus are kept: 138,000 of 349,000. */
const LEAST = 5;

const lines = readFileSync(new URL('../node_modules/@node-rs/jieba/dict.txt', import.meta.url), 'utf8').split('\n');
const kept = lines.map((line) => line.split(' ')).filter(([, frequency]) => Number(frequency) >= LEAST);
const words = kept.map(([word, frequency]) => `${word} ${frequency}\n`);
writeFileSync(new URL('../src/nlu/data/words.txt', import.meta.url), words.join(''));

import * as opencc from 'opencc-js/cn2t';
import { pinyin } from 'pinyin-pro';

/** What real typing does to a sentence, one kind at a time; seeded, so that every run harms the same characters. */
export type Corruption = (text: string, random: () => number) => string;

const toTraditional = opencc.Converter({ from: 'cn', to: 't' });
const FILLERS = {
  before: ['嗯', '那个', '请问一下', '你好', '麻烦', '就是', '哎', '我想问一下'],
  after: ['啊', '呢', '谢谢', '吧', '好吗', '行不行', '哈', '可以吗'],
};
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!;

/** One character in six (at least one) becomes another of the same sound, out of those that `texts` use. */
export function homophones(texts: readonly string[]): Corruption {
  const bySound = Map.groupBy(new Set(texts.join('').match(/\p{Script=Han}/gu)), (c) =>
    pinyin(c, { toneType: 'none' }),
  );
  return (text, random) => {
    const characters = [...text];
    const han = characters.flatMap((c, i) => (/\p{Script=Han}/u.test(c) ? [i] : []));
    for (let n = 0; n < Math.max(1, Math.round(han.length / 6)) && han.length > 0; n++) {
      const at = pick(han, random);
      const peers = bySound.get(pinyin(characters[at]!, { toneType: 'none' })) ?? [];
      characters[at] = pick(peers.length > 0 ? peers : [characters[at]!], random);
    }
    return characters.join('');
  };
}

/** One character lost, doubled, or changed with its neighbour. */
const edit: Corruption = (text, random) => {
  const characters = [...text];
  const at = Math.floor(random() * characters.length);
  const kind = Math.floor(random() * 3);
  if (kind === 0) characters.splice(at, 1);
  else if (kind === 1) characters.splice(at, 0, characters[at]!);
  else characters.splice(at, 2, ...characters.slice(at, at + 2).reverse());
  return characters.join('');
};

export const corruptions = (texts: readonly string[]): Record<string, Corruption> => ({
  homophones: homophones(texts),
  edit,
  traditional: toTraditional,
  filler: (text, random) => pick(FILLERS.before, random) + text + pick(FILLERS.after, random),
});

/** What a correction is about, where the customer says so: «地址是72号», «名字应该是黎敏». */
export type Named = 'address' | 'phone' | 'time' | 'name' | 'account';

const WORDS: Record<Named, string> = {
  address: '地址|住址|位置|门牌号码|门牌号|门牌|房间号|房号|室号|楼号|楼栋号|楼栋|楼层|幢号|栋号|单元号|单元',
  phone: '联系电话|联系方式|电话号码|电话|手机号码|手机号|手机',
  time: '停电时间|开始时间|时间',
  name: '联系人|名字|姓名|称呼',
  account: '户号|户头',
};

/** Any of them, as the source of a pattern. */
export const NAMED = `(?:${Object.values(WORDS).join('|')})`;

const PATTERNS = Object.entries(WORDS).map(([slot, words]) => [slot as Named, new RegExp(words, 'g')] as const);

/** What the words name last; in «單元錯了，是2單元» that stands before what is right. */
export function namedIn(words: string): Named | undefined {
  const found = PATTERNS.map(([slot, pattern]) => ({ slot, at: [...words.matchAll(pattern)].at(-1)?.index ?? -1 }));
  const last = Math.max(...found.map(({ at }) => at));
  return last < 0 ? undefined : found.find(({ at }) => at === last)?.slot;
}

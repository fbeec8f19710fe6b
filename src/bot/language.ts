import { simplify } from '#nlu';
import type { Language } from '#texts';

const han = /\p{Script=Han}/gu;

const address = /\S+@\S+|https?:\S+|www\.\S+/g;
const englishWord = /(?<![\w.-])[a-z]{2,}(?:['’][a-z]+)?(?![\w-])/gi;
/** Single words that nobody says in a Chinese conversation. */
const greeting = /^\W*(?:hi|hello|hey|help|thanks|english|electricity)\W*$/i;

/** Frequent characters that only the simplified script has. */
const simplifiedOnly = new Set(
  '电费们这个来时说没么吗请问谢对开关给让样点单号户线压间钟师应该觉见现实经过还进钱为发业务报办处询转价阶缴账长动气热两东车门马头区层栋邮码',
);

/** A word of Chinese written in letters, syllable by syllable: «dianfei». */
const pinyin =
  /^(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aeiouv]|ai|ei|ui|ao|ou|iu|ie|ue|ia|uo|ua|iao|uai|an|en|in|un|ang|eng|ing|ong|ian|uan|iang|uang|iong|er)){2,}$/i;
const english =
  /\b(?:the|an?|is|are|was|my|me|you|it|in|on|to|at|of|and|or|not?|how|what|why|when|where|who|can|do|did|has|have|please|bill|pay|power|price|meter|account)\b/i;

/** «dianfei duoshao»: who has no Chinese keyboard writes Chinese all the same. */
export const isPinyin = (text: string): boolean =>
  !english.test(text) && (text.match(englishWord) ?? []).some((word) => word.length >= 6 && pinyin.test(word));

/** The language a customer writes in, as far as these words tell; a bare «好», «OK» or a number tells nothing. */
export function languageOf(text: string, before: Language): Language {
  const characters = text.match(han) ?? [];
  if (characters.length === 0 && isPinyin(text)) return before === 'en' ? 'zh-CN' : before;
  const words = text.replaceAll(address, '').match(englishWord) ?? [];
  // «I paid with 微信»: names and addresses here are Chinese in any language.
  const least = before === 'en' || characters.length === 0 ? 2 : 3;
  if (words.length >= 4 || (words.length >= least && words.length > characters.length)) return 'en';
  if (characters.length === 0) return greeting.test(text) ? 'en' : before;
  return scriptOf(characters, before);
}

function scriptOf(characters: readonly string[], before: Language): Language {
  const traditional = characters.filter((character) => simplify(character) !== character).length;
  const simplified = characters.filter((character) => simplifiedOnly.has(character)).length;
  if (traditional > simplified) return 'zh-TW';
  if (before === 'en') return 'zh-CN';
  return simplified > 0 && characters.length >= 4 ? 'zh-CN' : before;
}

import { simplify } from '#nlu';
import type { Language } from '#texts';

const han = /\p{Script=Han}/gu;

const address = /\S+@\S+|https?:\S+|www\.\S+/g;
const englishWord = /(?<![\w.-])[a-z]{2,}(?:['’][a-z]+)?(?![\w-])/gi;
/** Single words that nobody says in a Chinese conversation. */
const greeting = /^\W*(?:hi|hello|hey|help|thanks|english|electricity)\W*$/i;

/** The language a customer writes in, as far as these words tell; a bare «好», «OK» or a number tells nothing. */
export function languageOf(text: string, before: Language): Language {
  const characters = text.match(han) ?? [];
  const words = text.replaceAll(address, '').match(englishWord) ?? [];
  // «I paid with 微信»: names and addresses here are Chinese in any language.
  const least = before === 'en' || characters.length === 0 ? 2 : 3;
  if (words.length >= 4 || (words.length >= least && words.length > characters.length)) return 'en';
  if (characters.length === 0) return greeting.test(text) ? 'en' : before;
  const traditional = characters.filter((character) => simplify(character) !== character).length;
  if (traditional >= 2 || traditional * 5 >= characters.length) return traditional > 0 ? 'zh-TW' : before;
  return characters.length >= 4 || before === 'en' ? 'zh-CN' : before;
}

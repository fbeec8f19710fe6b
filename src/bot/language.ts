import { simplify } from '#nlu';
import type { Language } from '#texts';

const han = /\p{Script=Han}/gu;

/** The language a customer writes in, as far as these words tell; a bare «好» or a number tells nothing. */
export function languageOf(text: string, before: Language): Language {
  // A Chinese name or address in an English sentence makes it no Chinese one.
  if ((text.match(/[a-z]{2,}/gi) ?? []).length >= 4) return 'en';
  const characters = text.match(han) ?? [];
  if (characters.length === 0) return /[a-z]{2,}\W+[a-z]{2,}/i.test(text) ? 'en' : before;
  const traditional = characters.filter((character) => simplify(character) !== character).length;
  if (traditional >= 2 || traditional * 5 >= characters.length) return traditional > 0 ? 'zh-TW' : before;
  return characters.length >= 4 || before === 'en' ? 'zh-CN' : before;
}

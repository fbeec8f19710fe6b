import { mendedWords } from './mended.ts';
import type { Asking, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

/** «手机177…»: what a number is called is no thing. */
const isLabel = (text: string, thing: string): boolean => {
  const after = text.slice(text.lastIndexOf(thing) + thing.length);
  return /^(号码?)?[\s是为:：]*\d{7}/.test(after);
};

/** Things that are named, in the customer's words: the phrases of a sign, one after the other; asked for, free words too. */
export function things(sign: string, { asking = 'hinted' }: Options = {}): Slot<string> {
  return {
    asking,
    read: ({ phrases, text, question, yesNo }, asked, current = '') => {
      const named = (phrases[sign] ?? []).filter(
        (one, _at, all) => !isLabel(text, one) && !all.some((two) => two !== one && two.includes(one)),
      );
      const news = named.filter((one) => !current.includes(one));
      if (news.length > 0) return [current, ...news].filter(Boolean).join('、');
      return asked && !question && !yesNo && text.trim().length > 1 ? text.trim().slice(0, 200) : undefined;
    },
    patch: mendedWords,
    show: (said) => said,
  };
}

const ownName =
  /(?:新(?:的)?(?:户主|户名|业主|房主)|(?:过户|转|改|更名|变更)(?:给|到|成|为))(?:姓名|名字)?(?:是|叫|为)?[:：\s]*(?!我|自己|本人|新|你|他|她|现|别|另|买|卖|对方|人家|租客|房东|儿|女|老公|老婆|爱人|父|母|爸|妈|孩|家)([\u4e00-\u9fff（）()]{2,30}(?:公司|厂|店|中心|社|所|部|校|院)|[\u4e00-\u9fff·]{2,4}?)(?=$|[，,。;；！!\s\d]|名下|的名|的户|电话|手机)/;

/** In whose name it shall be: «新户主王芳», «户名改成杭州某某有限公司». */
export function holder({ asking = 'hinted' }: Options = {}): Slot<string> {
  return { asking, read: ({ text }) => ownName.exec(text)?.[1], show: (said) => said, patch: mendedWords };
}

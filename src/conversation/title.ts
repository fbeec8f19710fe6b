import { words } from './facts.ts';
import { mendedWords } from './mended.ts';
import type { Asking, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

/** Taxpayer number of a firm (统一社会信用代码 too), and an address for e-mail. */
export function taxId({ asking = 'required' }: Options = {}): Slot<string> {
  const shape = /(?<![\da-z])(?=[\da-z]*\d)[\da-z]{15,20}(?![\da-z])/i;
  return { asking, read: ({ text }) => shape.exec(text)?.[0].toUpperCase(), show: (said) => said, patch: mendedWords };
}
export function email({ asking = 'refusable' }: Options = {}): Slot<string> {
  return {
    asking,
    read: ({ text }) => /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0],
    show: (said) => said,
    patch: mendedWords,
  };
}

const clauseEnd = /[，,。；;！!？?、：:\s]+/;
const named =
  /(?:抬头|单位|公司名?称?|名称|全称)(?:是|为|写|填|开|用|改成|改为|换成|：|:)+\s*(?!我|个人|户名|公司|单位|企业)([^，,。；;\s]{4,40})/;
/** What only a firm is called, and what a firm may be called where its name is asked for. */
const surely = /^.{2,40}?(?:有限责任公司|有限公司|股份公司|事务所|合作社|经营部|商行|工作室)/;
const likely = /^.{2,40}?(?:公司|厂|学校|小学|中学|幼儿园|医院|诊所|店|馆|中心|集团|超市|商场|农场)$/;
/** «帮我开杭州…», «抬头改成杭州…»: what stands before a name in its clause. */
const lead =
  /^(?:.{0,6}(?:抬头|名称|全称|改成|改为|换成|开给|开成|写成)(?:是|为|叫|写|填|开|给)*|.{0,4}(?:帮我?|给我?|要|想|就|再|请)开具?|(?:单位|公司)?(?:是|叫|为|就是))(?=.{4})/;
const ours = /我们|你们|咱们|供电|电力公司|国网|发票|专票|抬头/;

/** The name of a firm: after «抬头», by its ending, or all that was said where it is asked for. */
export function firm({ asking = 'required' }: Options = {}): Slot<string> {
  return {
    asking,
    soft: true,
    read: (heard, asked) => {
      const parts = heard.text.split(clauseEnd).map((part) => part.replace(lead, ''));
      const sure = parts.map((part) => surely.exec(part)?.[0]).find((name) => name && !ours.test(name));
      const told = sure ?? named.exec(heard.text)?.[1];
      if (told || !asked) return told;
      const free = /@|\d{8,}/.test(heard.text) ? undefined : words({ atLeast: 4 }).read(heard, asked);
      return parts.find((part) => likely.test(part) && !ours.test(part)) ?? free;
    },
    patch: mendedWords,
    show: (said) => said,
  };
}

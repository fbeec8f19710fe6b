import { fold } from './fold.ts';
import { digitsOf, parseNumber } from './numerals.ts';

const NUMERAL = /[零〇一二三四五六七八九十百两]{1,5}(?=栋|幢|座|号楼|号|单元|室|房|组|社|队|弄|楼|层)/g;

/** A key to compare addresses by: «西湖区文三路199号2幢1单元301室» and «文三路１９９号二栋一单元３０１» are one place. */
export function normaliseAddress(text: string): string {
  return fold(text)
    .replace(/[\s,，。.、;；:：!！?？"'“”‘’()（）[\]【】·~]+/g, '')
    .replace(/^(?:我家|我|俺家|家|老家|本人)?(?:的)?(?:地址|住址|位置)?(?:就)?(?:住在|住|在|是)+/, '')
    .replace(/^[\u4e00-\u9fff]{2,8}?(?:省|自治区)/, '')
    .replace(/^[\u4e00-\u9fff]{2,5}?(?:市(?!场|民))/, '')
    .replace(/^[\u4e00-\u9fff]{1,5}?(?:(?<![小社园片台])区|县)/, '')
    .replace(NUMERAL, numeral)
    .replace(/(\d|[a-z])(?:幢|号楼|#楼|#|座|栋楼)/g, '$1栋')
    .replace(/(\d)(?:门|梯)(?=\d{3})/g, '$1单元')
    .replace(/(\d)(?:室|房间|房|户|号房)/g, '$1')
    .replace(/(栋|单元)(\d{3,4})号?$/, '$1$2')
    .replace(/(\d+)栋-?(\d+)-(\d{3,4})/g, '$1栋$2单元$3')
    .replace(/(?<=\D)(\d{1,3})-(\d{1,2})-(\d{3,4})$/, '$1栋$2单元$3')
    .replace(/(\d+)栋-(\d{3,4})/g, '$1栋$2')
    .replace(/的|那边|这边|那里|这里|门牌/g, '');
}

const numeral = (word: string) => {
  const spoken = digitsOf(word);
  return spoken === '' ? String(parseNumber(word) ?? word) : spoken;
};

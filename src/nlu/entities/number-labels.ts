import type { Span } from './types.ts';

export type Label = 'phone' | 'account' | 'other';

/** What the words beside a number say it is. Longer and foreign ones first: «水表户号» is no account of ours. */
const LABELS: readonly [Label, RegExp][] = [
  [
    'other',
    /(?:自来水|水费|水表|水务|用水|燃气|煤气|天然气|气表|气费|暖气|热力|取暖|宽带|光纤|有线|机顶盒|电信|移动|联通|话费)[^，。；;]{0,5}?(?:户号|表号|编号|用户号|客户号|账号|号码|号)/g,
  ],
  [
    'account',
    /(?:客户|用户|用电|缴费|交费|电费|户头|户主)(?:的)?(?:编号|户号|代码|编码|号码|号)|户号|户头|戶號|电费卡号|购电卡号|结算户/g,
  ],
  [
    'other',
    /身份证|证件号|证号|订单|工单|单号|单子号|受理|流水|交易号|凭证号|(?:电能)?表号|资产号?|出厂|条形码|条码|银行卡|信用卡|储蓄卡|银行|卡号|税号|税务|信用代码|快递|运单|物流|邮编|邮政编码|qq|扣扣|群号|合同|发票|编码|申请号|申请编号|申请单|回执|工号|杆号|车牌|验证码|序列号|学号|社保|医保|公积金|股票|imei|商户单|电表编号|表(?:[身壳盘面]|面板)?(?:上面?)?(?:的|印|贴|写|刻|标|打|喷|显示|那|这)(?:着|的|了|有)*(?:串|行|个|组)?(?:号码|数字|编号|号|数)?|表上(?:号|编号|数字|数)|表箱号|箱号|编号|尾号|[\u4e00-\u9fff](?<![户账帐费话机码的我是老新旧本这那个短靓同区])号(?!码)|设备码|编码/g,
  ],
  [
    'phone',
    /电话|手机|号码|联系|打给|打我|打这|请打|拨|回电|回个|tel|短信|座机|固话|微信|找我|call|呼我|致电|来电|手机号|机号/g,
  ],
];

const REACH = 16;
/** «3301…这个是户号», «…，是我的户号»; in «137…，户号3301…» the word belongs to the number after it. */
const IS =
  '^(?:[\\s(]{0,2}(?:这个|这|那)?(?:是|就是)?|[，,]\\s?(?:这个|这|那|就)?(?:是|就是|才是))(?:我们家|我们|我家|我妈|我爸|我|俺|咱|他|她|本人|你们)?(?:家)?(?:里)?(?:的|这边的|个)?';
const NOT_NEXT = '(?!\\s?[:：是为]?\\s?[\\d零一二三四五六七八九幺])';
const AFTERWARDS: readonly [Label, RegExp][] = [
  [
    'other',
    new RegExp(
      `${IS}(?:订单|工单|单号|身份证|表号|电表号|银行卡|卡号|水|燃气|煤气|资产|申请|受理|快递|流水|qq|扣扣|税号|邮编|@)${NOT_NEXT}`,
    ),
  ],
  ['account', new RegExp(`${IS}(?:户号|客户编号|用户编号|客户号|户头)(?![吗么嘛?])${NOT_NEXT}`)],
  ['phone', new RegExp(`${IS}(?:电话|手机|号码|联系电话|联系方式|微信同号|同微信)${NOT_NEXT}`)],
];

/** The nearest label: just before the number, or in the words that follow it. */
export function labelOf(text: string, span: Span): Label | undefined {
  const after = text.slice(span.end, span.end + REACH);
  const told = AFTERWARDS.find(([, pattern]) => pattern.test(after));
  if (told) return told[0];
  return labelBefore(text.slice(Math.max(0, span.start - REACH), span.start));
}

function labelBefore(before: string): Label | undefined {
  // A sentence's end or another long number cuts the words off from this one.
  const near = before.split(/[。！!？?\n]|\d{7,}/).at(-1)!;
  let best: { label: Label; end: number; start: number } | undefined;
  for (const [label, pattern] of LABELS) {
    for (const match of near.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (!best || end > best.end || (end === best.end && match.index < best.start)) {
        best = { label, end, start: match.index };
      }
    }
  }
  return best?.label;
}

const NUMBER = '[\\d零〇一二三四五六七八九幺两十百]{1,11}';
const UNIT = '(?:号楼|号|幢|栋|单元|室|楼|层|千瓦|千伏安|kw|kva|度|元|块|口人|口|个人)';
/** Behind the wrong thing. A mere «不是» may just as well stand behind the right one: «502 不是602». */
const SLIP = '(?:(?:哦|啊|噢|呃|额|诶|哎)+[，,]?(?:不对|不是)|不对|(?:说|讲|打|写|输|报|念)?错了?|口误)(?:了|啦)?';
const GAP = '[\\s，,、。!！]{0,2}';

/** «5栋602 哦不对 502»: the wrong number, and the right one of the same kind in the same breath. */
const SAME_BREATH = new RegExp(
  `(${NUMBER})(${UNIT})?(${GAP}${SLIP}${GAP}(?:应该|其实)?(?:是|系)?\\s*)(?=(${NUMBER})(${UNIT})?)`,
  'gi',
);

/** The two of it, for a place or a number that is known already. */
export function slipIn(text: string): { wrong: string; right: string } | undefined {
  SAME_BREATH.lastIndex = 0;
  const [, wrong, unit = '', , right, other = ''] = SAME_BREATH.exec(text) ?? [];
  if (!wrong || !right || (unit && other && unit !== other)) return undefined;
  return { wrong: wrong + unit, right: right + (other || unit) };
}

/** Of the same length, with blanks for what was taken back in the same breath: every reader then finds what holds. */
export const withoutSlips = (text: string): string =>
  text.replace(SAME_BREATH, (whole, _wrong, unit?: string, _slip?: string, _right?: string, other?: string) =>
    unit !== undefined && other !== undefined && unit !== other ? whole : ' '.repeat(whole.length),
  );

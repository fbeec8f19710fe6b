/** The fields of one push; a nested one is an element with children. */
export interface PushFields {
  [name: string]: string | number | PushFields;
}

const isNumber = (name: string) =>
  /^(CreateTime|MsgId|MsgID|Location_[XY]|Scale|Latitude|Longitude|Precision)$/.test(name);

/** As WeChat writes it: texts in CDATA, numbers bare, a line each. */
export function toXml(fields: PushFields, name = 'xml'): string {
  const lines = Object.entries(fields).map(([key, value]) => {
    if (typeof value === 'object') return toXml(value, key);
    const text = String(value);
    return `<${key}>${isNumber(key) ? text : `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`}</${key}>`;
  });
  return `<${name}>${lines.join('\n')}</${name}>`;
}

/** MsgIds have 64 bits: they are written as they are, not as JavaScript counts. */
export const toJson = (fields: PushFields): string =>
  JSON.stringify(fields).replace(/"(MsgId|MsgID)":"(\d+)"/g, '"$1":$2');

/** One field of a passive answer, which this side reads as WeChat does: by name, CDATA or bare. */
export function answerField(body: string, name: string): string | undefined {
  if (body.trimStart().startsWith('{')) {
    const value = (JSON.parse(body) as Record<string, unknown>)[name];
    return value === undefined ? undefined : String(value);
  }
  const inner = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(body)?.[1];
  return inner?.replaceAll(']]]]><![CDATA[>', ']]>').replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, '$1');
}

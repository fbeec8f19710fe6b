import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

/** What WeChat sends, as strings: `<a>007</a>` stays «007». Several elements of one name are an array. */
export type Field = string | Fields | Field[];
export interface Fields {
  [name: string]: Field;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  htmlEntities: true,
});
const Field: z.ZodType<Field> = z.lazy(() => z.union([z.string(), z.array(Field), z.record(z.string(), Field)]));
const Message = z.object({ xml: z.record(z.string(), Field) });

/** Document types, entities of its own and comments: how XML readers are attacked, and nothing that WeChat sends. */
const refused = /<!(?!\[CDATA\[)/;

/** Reads a push; undefined where it is not well-formed or holds what WeChat never sends. */
export function readXml(source: string): Fields | undefined {
  const text = source.replace(/^\uFEFF?\s*/, '').trimEnd();
  if (refused.test(text)) return undefined;
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    const message = Message.safeParse(parser.parse(text));
    return message.success ? withoutLayout(message.data.xml) : undefined;
  } catch {
    return undefined;
  }
}

/** The words between elements are line breaks for the eye. */
function withoutLayout(fields: Fields): Fields {
  const { '#text': _layout, ...rest } = fields;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.map(inner) : inner(value)]),
  );
}

const inner = (field: Field): Field =>
  typeof field === 'string' || Array.isArray(field) ? field : withoutLayout(field);

/** A text as CDATA; the one sequence that would end it is cut in two. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

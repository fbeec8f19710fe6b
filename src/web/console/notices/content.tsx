import type { NewNotice, PriceNotice } from '#wire';
import { words } from './notice-texts.ts';

const said = words.facts;

const whom = ({ regions, kinds }: Pick<NewNotice, 'regions' | 'kinds'>) =>
  [regions.join('、'), kinds.map((kind) => words.kinds[kind]).join('、')].filter(Boolean).join(' · ') ||
  words.everybody;

const rowsOf = (content: PriceNotice): [string, string][] => [
  [said.document, content.document],
  [said.issuedBy, content.issuedBy],
  [said.effectiveFrom, content.effectiveFrom],
  [said.counts, content.counts],
  [said.whom, whom(content)],
  [said.books, content.books.map(({ old, new: coming }) => `${old} → ${coming}`).join('\n')],
  [said.summary, content.summary],
];

/** What it is about, as its author entered it. */
export function Content({ content }: { content: NewNotice }) {
  const rows: [string, string][] =
    content.kind === 'price'
      ? rowsOf(content)
      : [
          [said.whom, whom(content)],
          [said.body, content.body],
        ];
  return (
    <dl className="notice-facts">
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

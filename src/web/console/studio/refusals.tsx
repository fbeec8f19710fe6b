import { Alert, Button } from 'antd';
import type { Refusal } from '#wire';
import { words } from './studio-texts.ts';

interface Props {
  refused: readonly Refusal[];
  /** How many lines would remain, and what adds them. */
  rest: number;
  onRest?: () => void;
}

const said = words.refused;

/** Each line that was not taken, beside the one that has its place. */
export function Refusals({ refused, rest, onRest }: Props) {
  const lines = (
    <>
      <ul className="refusals">
        {refused.map(({ text, why, name, other }) => (
          <li key={text}>
            <b>{text}</b>
            <span>
              {said[why](name)}
              {other !== text && <q>{other}</q>}
            </span>
          </li>
        ))}
      </ul>
      {onRest &&
        (rest > 0 ? (
          <Button size="small" onClick={onRest}>
            {said.without(rest)}
          </Button>
        ) : (
          <span className="refusals-none">{said.none}</span>
        ))}
    </>
  );
  return <Alert className="refused" type="warning" showIcon title={said.title(refused.length)} description={lines} />;
}

/** The lines of a text field: one an utterance, blanks and empty ones left out. */
export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

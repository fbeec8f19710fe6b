import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Refusal } from '#wire';
import { linesIn, Refusals } from './refusals.tsx';
import { refusedOf, studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

const said = words.intent;

/** One line or many pasted ones: all are added, or none, and then it says why. */
export function AddLines({ id, onChanged }: { id: string; onChanged(): void }) {
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<Refusal[]>([]);
  const { busy, work } = useWork();
  const lines = linesIn(typed);
  const refusedTexts = new Set(refused.map(({ text }) => text));
  const rest = lines.filter((line, i) => !refusedTexts.has(line) && lines.indexOf(line) === i);

  async function add(texts: string[]) {
    const done = await work(
      () => studio.add(id, texts),
      said.added(texts.length),
      (fault) => {
        setRefused(refusedOf(fault));
        return refusedOf(fault).length > 0;
      },
    );
    if (!done) return;
    setTyped('');
    setRefused([]);
    onChanged();
  }

  return (
    <div className="add-lines">
      <Input.TextArea
        aria-label={said.addHint}
        placeholder={said.addHint}
        className="grows"
        rows={1}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused([]);
        }}
      />
      <Button type="primary" disabled={lines.length === 0} loading={busy} onClick={() => add(lines)}>
        {said.add(lines.length)}
      </Button>
      {refused.length > 0 && <Refusals refused={refused} rest={rest.length} onRest={() => add(rest)} />}
    </div>
  );
}

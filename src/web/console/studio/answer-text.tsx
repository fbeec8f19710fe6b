import { Button, Input } from 'antd';
import { useState } from 'react';
import type { StudioIntentDetail } from '#wire';
import { studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  detail: StudioIntentDetail;
  onChanged(): void;
}

const said = words.intent;

export function AnswerText({ detail, onChanged }: Props) {
  const { answer, intent } = detail;
  const [typed, setTyped] = useState(answer ?? '');
  const { busy, work } = useWork(onChanged);
  if (answer === undefined) return <p className="answer-note">{intent.dialog ? said.byDialog : said.noAnswer}</p>;
  async function save() {
    const change = { answer: { from: answer ?? '', to: typed.trim() } };
    if (await work(() => studio.change(intent.id, change), said.saved)) onChanged();
  }
  const changed = typed.trim() !== '' && typed.trim() !== answer;
  return (
    <div className="answer">
      <h2 id="answer-label">{said.answer}</h2>
      <Input.TextArea
        aria-labelledby="answer-label"
        placeholder={said.answerHint}
        value={typed}
        className="grows"
        rows={2}
        maxLength={1000}
        onChange={(event) => setTyped(event.target.value)}
      />
      {changed && (
        <div className="answer-actions">
          <Button size="small" onClick={() => setTyped(answer)}>
            {said.cancel}
          </Button>
          <Button size="small" type="primary" loading={busy} onClick={save}>
            {said.save}
          </Button>
        </div>
      )}
    </div>
  );
}

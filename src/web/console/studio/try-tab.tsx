import './try-tab.css';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import type { StudioState, Tried, Verdict } from '#wire';
import { texts } from '../texts.ts';
import { intentAddress } from './address.ts';
import { studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

const said = words.try;

function Bar({ share, label }: { share: number; label: string }) {
  return <meter min={0} max={1} value={share} aria-label={label} title={words.percent(share)} />;
}

function Best({ verdict }: { verdict: Verdict }) {
  return (
    <ol className="best">
      {verdict.best.map(({ intent, name, confidence }) => (
        <li key={intent}>
          <a href={intentAddress(intent)}>{name}</a>
          <Bar share={confidence} label={name} />
          <b>{words.percent(confidence)}</b>
        </li>
      ))}
    </ol>
  );
}

const strongest = 10;

/** The same words count in several ways (as written, by sound, as a pair …): people read one sum. */
function summed(features: Verdict['features']): [string, number][] {
  const sums = new Map<string, number>();
  for (const { text, weight } of features) if (text.trim()) sums.set(text, (sums.get(text) ?? 0) + weight);
  return [...sums].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, strongest);
}

/** What speaks for the best intent and what against it, the strongest first. */
function Features({ features }: Pick<Verdict, 'features'>) {
  const shown = summed(features);
  const most = Math.abs(shown[0]?.[1] ?? 1) || 1;
  return (
    <ul className="features">
      {shown.map(([text, weight]) => (
        <li key={text} className={weight > 0 ? 'is-for' : 'is-against'}>
          <span>{text}</span>
          <Bar share={Math.abs(weight) / most} label={text} />
          <b>
            {weight > 0 ? '+' : '−'}
            {Math.abs(weight).toFixed(2)}
          </b>
        </li>
      ))}
    </ul>
  );
}

function Column({ title, verdict }: { title: string; verdict: Verdict }) {
  const { readings, nearest, features, inScope } = verdict;
  return (
    <section className="panel verdict">
      <h2>{title}</h2>
      <Best verdict={verdict} />
      <p className="verdict-scope">
        {said.inScope}
        <b>{words.percent(inScope)}</b>
      </p>
      {readings.length > 1 && (
        <p className="verdict-scope">
          {said.readings}
          <q>{readings.at(-1)}</q>
        </p>
      )}
      <h3>{said.nearest}</h3>
      <ul className="nearest">
        {nearest.map(({ intent, name, text, likeness }) => (
          <li key={`${intent} ${text}`}>
            <span>{text}</span>
            <a href={intentAddress(intent)}>{name}</a>
            <b>{likeness.toFixed(2)}</b>
          </li>
        ))}
      </ul>
      <h3>{said.features}</h3>
      <Features features={features} />
    </section>
  );
}

const kinds: Readonly<Record<string, string>> = texts.faultKinds;

function shownValue(value: unknown): string {
  if (typeof value === 'object' && value) return Object.values(value).join(' ');
  return kinds[String(value)] ?? String(value);
}

function Entities({ entities }: Pick<Tried, 'entities'>) {
  const found = Object.entries(entities).filter(([, value]) => value !== undefined);
  return (
    <section className="panel heard">
      <h2>{said.entities}</h2>
      {found.length === 0 && <p>{said.noEntities}</p>}
      <dl>
        {found.map(([key, value]) => (
          <div key={key}>
            <dt>{words.entities[key] ?? key}</dt>
            <dd>{shownValue(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** How a message is understood now, how it would be, and why. */
export function TryTab({ state }: { state?: StudioState }) {
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState<Tried>();
  const { busy, work } = useWork();
  async function attempt() {
    const found = typed.trim() && (await work(() => studio.attempt(typed.trim())));
    if (found) setTried(found);
  }
  return (
    <section aria-label={words.tabs.try}>
      <div className="try">
        <Input
          size="large"
          autoFocus
          aria-label={said.placeholder}
          placeholder={said.placeholder}
          maxLength={2000}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={attempt}
        />
        <Button size="large" type="primary" loading={busy} disabled={!typed.trim()} onClick={attempt}>
          {said.submit}
        </Button>
      </div>
      {!tried && <p className="panel try-empty">{said.empty}</p>}
      {tried && (
        <>
          <div className="verdicts">
            <Column title={said.published(words.version(tried.published.version))} verdict={tried.published} />
            {tried.draft && <Column title={said.draft(words.version(tried.draft.version))} verdict={tried.draft} />}
          </div>
          <Entities entities={tried.entities} />
        </>
      )}
      {tried && !tried.draft && Boolean(state?.draft.untrained) && (
        <Alert type="info" showIcon title={said.untrained} />
      )}
    </section>
  );
}

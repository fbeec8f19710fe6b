import { Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import type { HeldOut } from '#wire';
import { intentAddress } from './address.ts';
import { words } from './studio-texts.ts';

const said = words.versions;
type Row = HeldOut['intents'][number];

const points = (change: number) => `${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change * 100).toFixed(1)}`;
const tone = (change: number) => (change > 0 ? 'is-better' : change < 0 ? 'is-worse' : 'is-same');

interface Props {
  report: HeldOut;
  title: string;
  nameOf(intent: string): string;
  /** What can be done with it. */
  action?: ReactNode;
}

function Figures({ report }: { report: HeldOut }) {
  const change = report.after - report.before;
  return (
    <div className="figures">
      <p>
        <span>{said.before}</span>
        <b className="figure">{words.percent(report.before)}</b>
      </p>
      <i aria-hidden="true">→</i>
      <p>
        <span>{said.after}</span>
        <b className="figure">{words.percent(report.after)}</b>
      </p>
      <b className={`figure-change ${tone(change)}`}>{points(change)}</b>
    </div>
  );
}

function IntentTable({ rows, nameOf }: { rows: Row[]; nameOf: Props['nameOf'] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{said.intent}</th>
          <th>{said.tests}</th>
          <th>{said.before}</th>
          <th>{said.after}</th>
          <th>{said.change}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ intent, tests, before, after }) => (
          <tr key={intent}>
            <td>
              <a href={intentAddress(intent)}>{nameOf(intent)}</a>
            </td>
            <td>{tests}</td>
            <td>{words.percent(before)}</td>
            <td>{words.percent(after)}</td>
            <td className={tone(after - before)}>{points(after - before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Confused({ confused, nameOf }: Pick<HeldOut, 'confused'> & { nameOf: Props['nameOf'] }) {
  return (
    <>
      <h3>{said.confused}</h3>
      {confused.length === 0 && <p>{said.noneConfused}</p>}
      <ul className="confused">
        {confused.map(({ intent, takenFor, count, example }) => (
          <li key={`${intent} ${takenFor}`}>
            <span>
              <a href={intentAddress(intent)}>{nameOf(intent)}</a> {said.takenFor}{' '}
              <a href={intentAddress(takenFor)}>{nameOf(takenFor)}</a>
            </span>
            <q>{example}</q>
            <b>{said.times(count)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

/** How well utterances are understood that nobody taught, before and after. */
export function Report({ report, title, nameOf, action }: Props) {
  const [all, setAll] = useState(false);
  const change = ({ before, after }: Row) => after - before;
  const rows = report.intents
    .filter((row) => all || change(row) !== 0)
    .sort((a, b) => change(a) - change(b) || a.intent.localeCompare(b.intent));
  return (
    <section className="panel report" aria-label={title}>
      <h2>{title}</h2>
      <p className="report-how">{said.explain(report.tests, report.seconds)}</p>
      <div className="report-top">
        <Figures report={report} />
        {action}
      </div>
      <div className="report-parts">
        <div>
          <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
            {said.all}
          </Checkbox>
          {rows.length > 0 ? <IntentTable rows={rows} nameOf={nameOf} /> : <p>{said.same}</p>}
        </div>
        <div>
          <Confused confused={report.confused} nameOf={nameOf} />
        </div>
      </div>
    </section>
  );
}

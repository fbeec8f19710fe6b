import './history-tab.css';
import { Alert, Button, Empty, Skeleton } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { StudioChange, StudioState } from '#wire';
import { fullTime } from '../time.ts';
import { intentAddress } from './address.ts';
import { faultWords, studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  state?: StudioState;
  nameOf(user: string): string;
}

const said = words.history;
const shownLines = 3;

interface Data {
  texts?: string[];
  name?: string;
  from?: string;
  to?: string;
  version?: number;
  before?: number;
  note?: string;
}

function What({ kind, data }: { kind: StudioChange['kind']; data: Data }) {
  if (kind === 'published')
    return (
      <span>
        {words.version(data.before ?? 0)} → <b>{words.version(data.version ?? 0)}</b> {data.note}
      </span>
    );
  if (data.from !== undefined)
    return (
      <span>
        {data.from && <del>{data.from}</del>} <ins>{data.to}</ins>
      </span>
    );
  const lines = data.texts ?? [];
  return (
    <span>
      {data.name && <b>{data.name}</b>} {lines.slice(0, shownLines).map((line) => `「${line}」`)}
      {lines.length > shownLines && said.more_lines(lines.length)}
    </span>
  );
}

function Row({ change, nameOf }: { change: StudioChange; nameOf: Props['nameOf'] }) {
  const { seq, at, by, kind, intent, stale } = change;
  const data = change.data as Data;
  const back = kind === 'published' && (data.version ?? 0) < (data.before ?? 0);
  return (
    <li className={stale ? 'change is-stale' : 'change'} data-seq={seq}>
      <time dateTime={at}>{fullTime(at)}</time>
      <span className="change-by">{nameOf(by)}</span>
      <b className="change-kind">{back ? said.rolledBack : said.kinds[kind]}</b>
      {intent && (
        <a href={intentAddress(intent)} className="intent-id">
          {intent}
        </a>
      )}
      <span className="change-what">
        <What kind={kind} data={data} />
        {stale && (
          <i className="tag" title={said.staleHint}>
            {said.stale}
          </i>
        )}
      </span>
    </li>
  );
}

/** Who changed what and when; nothing is ever taken out. */
export function HistoryTab({ state, nameOf }: Props) {
  const [items, setItems] = useState<StudioChange[]>();
  const [next, setNext] = useState<number | null>(null);
  const [fault, setFault] = useState<string>();
  const { busy, work } = useWork();
  const load = useCallback(async () => {
    try {
      const page = await studio.changes();
      setItems(page.items);
      setNext(page.next);
      setFault(undefined);
    } catch (problem) {
      setFault(faultWords(problem));
    }
  }, []);
  const seq = state?.draft.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change by anybody moves `seq`
  useEffect(() => void load(), [load, seq]);
  async function more() {
    const page = await work(() => studio.changes(next ?? undefined));
    if (!page) return;
    setItems((before = []) => [...before, ...page.items]);
    setNext(page.next);
  }
  if (fault) return <Alert type="error" showIcon title={said.failed} description={fault} />;
  if (!items) return <Skeleton active className="panel" paragraph={{ rows: 8 }} />;
  if (items.length === 0)
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={said.empty} />;
  return (
    <section className="panel history" aria-label={words.tabs.history}>
      <ul>
        {items.map((change) => (
          <Row key={change.seq} change={change} nameOf={nameOf} />
        ))}
      </ul>
      {next !== null && (
        <Button block type="text" loading={busy} onClick={more}>
          {said.more}
        </Button>
      )}
    </section>
  );
}

import './intents-tab.css';
import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Input, Segmented, Skeleton } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { StudioIntent, StudioState } from '#wire';
import { texts } from '../texts.ts';
import { go, intentAddress, tabAddress } from './address.ts';
import { faultWords, studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useSettled } from './use-settled.ts';

const IntentDrawer = lazy(() => import('./intent-drawer.tsx'));
const NewIntentDrawer = lazy(() => import('./new-intent.tsx'));

interface Props {
  opened: string;
  state?: StudioState;
  nameOf(user: string): string;
  onChanged(): void;
}

const said = words.list;
type Filter = keyof typeof said.filters;
const filterOptions = Object.entries(said.filters).map(([value, label]) => ({ value: value as Filter, label }));
const fits: Record<Filter, (intent: StudioIntent) => boolean> = {
  all: () => true,
  changed: ({ changed }) => changed,
  own: ({ shipped }) => !shipped,
  text: ({ dialog, id }) => !dialog && id !== 'none',
};

function useIntents(q: string, seq: number | undefined) {
  const [intents, setIntents] = useState<StudioIntent[]>();
  const [fault, setFault] = useState<string>();
  const load = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setIntents((await studio.intents(q, signal)).items);
        setFault(undefined);
      } catch (problem) {
        if (!signal?.aborted) setFault(faultWords(problem));
      }
    },
    [q],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change by anybody moves `seq`
  useEffect(() => {
    const reading = new AbortController();
    void load(reading.signal);
    return () => reading.abort();
  }, [load, seq]);
  return { intents, fault, load };
}

function Row({ intent }: { intent: StudioIntent }) {
  const { id, name, utterances, fresh, shipped, dialog, changed, found } = intent;
  return (
    <a className="intent-row" href={intentAddress(id)} data-intent={id}>
      <span className="intent-name">
        <b>{name}</b>
        {!shipped && <i className="tag is-own">{said.own}</i>}
        {dialog && <i className="tag">{said.dialog}</i>}
        {changed && fresh === 0 && <i className="tag is-fresh">{said.changed}</i>}
        {fresh > 0 && <i className="tag is-fresh">{said.fresh(fresh)}</i>}
      </span>
      <code className="intent-id">{id}</code>
      <span className="intent-count">{found === undefined ? said.count(utterances) : said.found(found)}</span>
    </a>
  );
}

function Rows({ intents, fault, onRetry }: { intents?: StudioIntent[]; fault?: string; onRetry(): void }) {
  const again = (
    <Button size="small" onClick={onRetry}>
      {texts.retry}
    </Button>
  );
  if (fault) return <Alert type="error" showIcon title={said.failed} description={fault} action={again} />;
  if (!intents) return <Skeleton active className="panel" paragraph={{ rows: 8 }} />;
  if (intents.length === 0)
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={said.empty} />;
  return (
    <div className="intent-rows">
      {intents.map((intent) => (
        <Row key={intent.id} intent={intent} />
      ))}
    </div>
  );
}

export function IntentsTab({ opened, state, nameOf, onChanged }: Props) {
  const { typed, settled, input } = useSettled();
  const [filter, setFilter] = useState<Filter>('all');
  const [making, setMaking] = useState(false);
  const key = state && state.draft.seq + state.current.number * 1e9;
  const { intents, fault, load } = useIntents(settled, key);
  const changed = () => {
    void load();
    onChanged();
  };
  return (
    <section aria-label={words.tabs.intents}>
      <search className="tools">
        <Segmented<Filter> options={filterOptions} value={filter} onChange={setFilter} />
        <Input
          {...input}
          className="tools-search"
          aria-label={said.search}
          placeholder={said.search}
          prefix={<SearchOutlined />}
          allowClear
          maxLength={64}
          value={typed}
        />
        <span className="tools-total">{state && said.total(state.draft.intents, state.draft.utterances)}</span>
        <Button type="primary" ghost icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {said.make}
        </Button>
      </search>
      <Rows intents={intents?.filter(fits[filter])} fault={fault} onRetry={() => void load()} />
      <Suspense>
        {opened && (
          <IntentDrawer
            key={opened}
            id={opened}
            nameOf={nameOf}
            onChanged={changed}
            onClose={() => go(tabAddress('intents'))}
          />
        )}
        {making && (
          <NewIntentDrawer
            onClose={() => setMaking(false)}
            onMade={(id) => {
              setMaking(false);
              changed();
              go(intentAddress(id));
            }}
          />
        )}
      </Suspense>
    </section>
  );
}

import './versions-tab.css';
import { Alert, Button, Skeleton, Tooltip } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { StudioState, StudioVersion } from '#wire';
import { fullTime } from '../time.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { Report } from './report.tsx';
import { faultWords, studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  state?: StudioState;
  nameOf(user: string): string;
  onState(state: StudioState): void;
  onChanged(): void;
}

const said = words.versions;

/** The versions and the intents' names, read again when something happened. */
function useVersions(state?: StudioState) {
  const [versions, setVersions] = useState<StudioVersion[]>();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [fault, setFault] = useState<string>();
  const key = state && `${state.current.number} ${state.latest?.number} ${state.latest?.status}`;
  const load = useCallback(async () => {
    try {
      const [found, intents] = await Promise.all([studio.versions(), studio.intents('')]);
      setVersions(found.items);
      setNames(new Map(intents.items.map(({ id, name }) => [id, name])));
      setFault(undefined);
    } catch (problem) {
      setFault(faultWords(problem));
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happened is in the key
  useEffect(() => void load(), [load, key]);
  return { versions, names, fault, load };
}

function Training({ state, onState }: { state: StudioState; onState: Props['onState'] }) {
  const { busy, work } = useWork();
  const { latest, draft } = state;
  async function train(fresh: boolean) {
    const started = await work(() => studio.train(fresh));
    if (started) onState(started);
  }
  if (latest?.status === 'training')
    return (
      <section className="panel training" aria-label={words.status.training(latest.number)}>
        <h2>{words.status.training(latest.number)}</h2>
        <progress max={100} value={Math.max(latest.share, 3)} aria-label={words.status.training(latest.number)} />
        <p>
          {words.stages[latest.stage] ?? latest.stage} · {said.progress}
        </p>
      </section>
    );
  return (
    <section className="panel training" aria-label={words.status.train}>
      {latest?.status === 'failed' && <Alert type="error" showIcon title={said.failed} description={latest.failure} />}
      <div className="training-next">
        <p>{draft.untrained > 0 ? said.ready : said.nothing}</p>
        <Tooltip title={said.againHint}>
          <Button disabled={busy} onClick={() => train(true)}>
            {said.again}
          </Button>
        </Tooltip>
        <Button type="primary" loading={busy} disabled={draft.untrained === 0} onClick={() => train(false)}>
          {said.train}
        </Button>
      </div>
    </section>
  );
}

interface RowProps {
  version: StudioVersion;
  nameOf(user: string): string;
  onPublish(): void;
  current: number;
}

function VersionRow({ version, nameOf, onPublish, current }: RowProps) {
  const { number, by, at, status, kept, report, published, failure } = version;
  const who = number === 0 ? said.shippedNote : said.by(nameOf(by), fullTime(at));
  const may = status === 'trained' && kept && !version.current;
  return (
    <li className="version" data-version={number}>
      <b>{words.version(number)}</b>
      {version.current && <i className="tag is-own">{said.current}</i>}
      {!version.current && status !== 'trained' && <i className={`tag is-${status}`}>{said.statuses[status]}</i>}
      {!kept && status === 'trained' && <i className="tag">{said.gone}</i>}
      <span className="version-who">{who}</span>
      <span className="version-note">{published?.note || failure}</span>
      <span className="version-accuracy">{report && `${said.accuracy} ${words.percent(report.after)}`}</span>
      <span className="version-do">
        {may && (
          <Button size="small" type={number > current ? 'primary' : 'default'} onClick={onPublish}>
            {number > current ? said.publish : said.back}
          </Button>
        )}
      </span>
    </li>
  );
}

/** Learn, look at the result, publish, go back. */
export function VersionsTab({ state, nameOf, onState, onChanged }: Props) {
  const { versions, names, fault, load } = useVersions(state);
  const [publishing, setPublishing] = useState<StudioVersion>();
  const intentName = (id: string) => names.get(id) ?? id;
  if (fault) return <Alert type="error" showIcon title={said.loadFailed} description={fault} />;
  if (!versions || !state) return <Skeleton active className="panel" paragraph={{ rows: 8 }} />;
  const current = state.current.number;
  const shown = state.latest?.status === 'trained' ? state.latest : state.current;
  return (
    <section className="versions" aria-label={words.tabs.versions}>
      <Training state={state} onState={onState} />
      {shown.report && (
        <Report
          key={shown.number}
          report={shown.report}
          title={said.result(words.version(shown.number))}
          nameOf={intentName}
          action={
            shown.number > current && (
              <Button type="primary" size="large" onClick={() => setPublishing(shown)}>
                {said.publishTitle(words.version(shown.number))}
              </Button>
            )
          }
        />
      )}
      <section className="panel" aria-label={said.list}>
        <h2>{said.list}</h2>
        <ul>
          {versions.map((version) => (
            <VersionRow
              key={version.number}
              version={version}
              nameOf={nameOf}
              current={current}
              onPublish={() => setPublishing(version)}
            />
          ))}
        </ul>
      </section>
      {publishing && (
        <PublishDialog
          version={publishing}
          current={current}
          onState={(next) => {
            onState(next);
            void load();
          }}
          onConflict={onChanged}
          onClose={() => setPublishing(undefined)}
        />
      )}
    </section>
  );
}

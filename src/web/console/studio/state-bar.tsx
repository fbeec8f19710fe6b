import './state-bar.css';
import { Alert, Button } from 'antd';
import type { StudioState, StudioVersion } from '#wire';
import { fullTime } from '../time.ts';
import { go, tabAddress } from './address.ts';
import { studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  state?: StudioState;
  lost: boolean;
  nameOf(user: string): string;
  onState(state: StudioState): void;
}

const said = words.status;

function Progress({ version }: { version: StudioVersion }) {
  return (
    <span className="state-training">
      <progress max={100} value={Math.max(version.share, 3)} aria-label={said.training(version.number)} />
      <span>{words.stages[version.stage] ?? version.stage}</span>
    </span>
  );
}

/** What stands next to the draft: that it learns, that a version waits, that a training failed. */
function Draft({ state }: { state: StudioState }) {
  const { latest, draft } = state;
  const unpublished = draft.unpublished ? said.unpublished(draft.unpublished) : said.clean;
  const news = { training: said.training, trained: said.ready, failed: said.failed };
  return (
    <p>
      <span className="state-label">{said.draft}</span>
      <b className={draft.unpublished ? 'is-changed' : ''}>{unpublished}</b>
      {latest && <span className={`state-latest is-${latest.status}`}>{news[latest.status](latest.number)}</span>}
    </p>
  );
}

function Next({ state, onState }: Pick<Props, 'onState'> & { state: StudioState }) {
  const { busy, work } = useWork();
  const { latest, draft } = state;
  if (latest?.status === 'training') return <Progress version={latest} />;
  const review = () => go(tabAddress('versions'));
  async function train() {
    const started = await work(() => studio.train(false));
    if (started) onState(started);
  }
  if (draft.untrained > 0 && latest?.status !== 'failed')
    return (
      <Button type="primary" loading={busy} onClick={train}>
        {said.train}
      </Button>
    );
  if (!latest) return null;
  return (
    <Button type="primary" onClick={review}>
      {latest.status === 'trained' ? said.review : said.look}
    </Button>
  );
}

/** Always in sight: what customers meet, what waits, and the next step. */
export function StateBar({ state, lost, nameOf, onState }: Props) {
  if (!state) return <section className="state-bar is-waiting">{lost && said.lost}</section>;
  const { current, unusable } = state;
  const { published } = current;
  return (
    <>
      <section className="state-bar">
        <p>
          <span className="state-label">{said.current}</span>
          <b>{words.version(current.number)}</b>
          {published && (
            <span className="state-by">{words.versions.by(nameOf(published.by), fullTime(published.at))}</span>
          )}
        </p>
        <Draft state={state} />
        <span className="state-next">
          <Next state={state} onState={onState} />
        </span>
      </section>
      {unusable && <Alert className="state-alert" type="warning" showIcon title={said.unusable} />}
      {lost && <Alert className="state-alert" type="warning" showIcon title={said.lost} />}
    </>
  );
}

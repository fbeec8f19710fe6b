import type { Notice, ReceiverStatus } from '#wire';
import { receiverStatuses } from '#wire';
import { fullTime } from '../time.ts';
import { words } from './notice-texts.ts';

const ofNotice = ({ by }: Notice, ...statuses: ReceiverStatus[]) =>
  statuses.reduce((sum, status) => sum + (by[status] ?? 0), 0);

/** How many there are, or how many of them are through. */
export function Progress({ notice }: { notice: Notice }) {
  const { receivers, status, counted } = notice;
  if (!counted) return <span className="soft">{`${words.counting}…（${receivers.toLocaleString('zh-CN')}）`}</span>;
  if (status === 'draft' || status === 'awaiting') return <span className="soft">{words.count(receivers)}</span>;
  const out = receivers - ofNotice(notice, 'waiting', 'queued');
  return (
    <span className="notice-progress">
      <progress max={Math.max(receivers, 1)} value={out} aria-label={words.statuses[status]} />
      <span>{words.progress(out, receivers)}</span>
    </span>
  );
}

/** The same with what became of them. */
export function Outcomes({ notice }: { notice: Notice }) {
  const { by, ways, quietUntil, status } = notice;
  const begun = status !== 'draft' && status !== 'awaiting';
  return (
    <div className="outcomes">
      <Progress notice={notice} />
      {quietUntil && <p className="soft">{words.quiet(fullTime(quietUntil))}</p>}
      <ul>
        {receiverStatuses
          .filter((each) => begun && by[each])
          .map((each) => (
            <li key={each} className={`outcome is-${each}`} title={words.receiverHints[each]}>
              <b>{by[each]?.toLocaleString('zh-CN')}</b>
              <span>{words.receivers[each]}</span>
            </li>
          ))}
      </ul>
      {Object.keys(ways).length > 0 && (
        <p className="soft">
          {Object.entries(ways)
            .map(([way, count]) => `${words.ways[way] ?? way} ${count.toLocaleString('zh-CN')}`)
            .join(' · ')}
        </p>
      )}
    </div>
  );
}

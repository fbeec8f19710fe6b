import type { Notice } from '#wire';
import { fullTime } from '../time.ts';
import { noticeAddress } from './address.ts';
import { words } from './notice-texts.ts';
import { Progress } from './progress.tsx';

export function Tags({ notice: { status, topic, legal } }: { notice: Notice }) {
  return (
    <span className="notice-tags">
      <span className={`tag notice-status is-${status}`}>{words.statuses[status]}</span>
      <span className="tag">{words.topics[topic]}</span>
      {legal && <span className="tag is-own">{words.legal}</span>}
    </span>
  );
}

/** One line of the list; the whole of it opens the notice. */
export function NoticeRow({ notice, nameOf }: { notice: Notice; nameOf(user: string): string }) {
  return (
    <li>
      <a className="notice-row" href={noticeAddress(notice.id)} data-notice={notice.id}>
        <span className="notice-head">
          <b>{notice.title}</b>
          <Tags notice={notice} />
        </span>
        <span className="soft">{words.by(nameOf(notice.author), fullTime(notice.createdAt))}</span>
        <Progress notice={notice} />
      </a>
    </li>
  );
}

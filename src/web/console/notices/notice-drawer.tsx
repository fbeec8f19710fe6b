import { CloseOutlined, DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { useCallback } from 'react';
import type { NoticeDetail } from '#wire';
import { Problem } from '../api.ts';
import { fullTime } from '../time.ts';
import { Actions } from './actions.tsx';
import { Content } from './content.tsx';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';
import { Preview } from './preview.tsx';
import { Outcomes } from './progress.tsx';
import { Receivers } from './receivers.tsx';
import { Tags } from './row.tsx';
import { useAsked } from './use-asked.ts';

interface Props {
  id: string;
  nameOf(user: string): string;
  onChanged(): void;
  onClose(): void;
}

const often = 1000;

/** One notice: what it says, to whom, how far it is; and what this person may do with it. */
export default function NoticeDrawer({ id, nameOf, onChanged, onClose }: Props) {
  const ask = useCallback((signal: AbortSignal) => notices.look(id, signal), [id]);
  const { found, fault, again, setFound } = useAsked(ask, often);
  const missing = fault instanceof Problem && fault.status === 404;
  const changed = (detail?: NoticeDetail) => {
    if (detail) setFound(detail);
    else void again();
    onChanged();
  };
  return (
    <Drawer
      open
      rootClassName="studio-drawer notice-drawer"
      size={720}
      title={
        found && (
          <span className="notice-head">
            <b>{found.notice.title}</b>
            <Tags notice={found.notice} />
          </span>
        )
      }
      closeIcon={<CloseOutlined aria-label={words.close} />}
      onClose={onClose}
      footer={found && found.may.length > 0 && <Actions detail={found} onChanged={changed} />}
    >
      {!found &&
        (fault ? <Alert type="warning" showIcon title={missing ? words.missing : words.lost} /> : <Skeleton active />)}
      {found && <Opened detail={found} nameOf={nameOf} />}
    </Drawer>
  );
}

function Opened({ detail, nameOf }: { detail: NoticeDetail; nameOf: Props['nameOf'] }) {
  const { notice, content, events, may } = detail;
  const before = notice.status === 'draft' || notice.status === 'awaiting';
  return (
    <>
      {notice.status === 'awaiting' && !may.includes('approve') && notice.counted && (
        <Alert type="info" showIcon title={words.second} />
      )}
      <Outcomes notice={notice} />
      {content && <Content content={content} />}
      {before && <Preview id={notice.id} version={notice.version} counted={notice.counted} />}
      {!before && notice.receivers > 0 && (
        <>
          <div className="notice-section">
            <h2>{words.receiversTitle}</h2>
            <Button icon={<DownloadOutlined />} href={notices.proof(notice.id)} download>
              {words.proof}
            </Button>
          </div>
          <Receivers id={notice.id} counts={JSON.stringify(notice.by)} />
        </>
      )}
      {events.length > 0 && (
        <>
          <h2>{words.history}</h2>
          <ol className="notice-events">
            {events.map(({ at, actor, kind, note }) => (
              <li key={`${at} ${kind}`}>
                <time dateTime={at}>{fullTime(at)}</time>
                <span>{nameOf(actor)}</span>
                <b>{words.events[kind] ?? kind}</b>
                {note && <span className="soft">{note}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

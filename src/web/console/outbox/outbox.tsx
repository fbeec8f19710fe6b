import '../page/desk.css';
import './outbox.css';
import { ReloadOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Popconfirm, Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { DeadLetterPage, Session } from '#wire';
import { api } from '../api.ts';
import { Account, Brand } from '../page/frame.tsx';
import { texts } from '../texts.ts';
import { Letters, ResendLog } from './letters.tsx';
import { words } from './outbox-texts.ts';
import { mostAtOnce, useDeadLetters } from './use-dead-letters.ts';

const OwnPasswordDialog = lazy(() => import('../session/own-password-dialog.tsx'));

interface Props {
  session: Session;
  onSignedOut(): void;
}

function useNames() {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => void api.names().then(setNames, () => {}), []);
  return (name: string) => names[name] ?? name;
}

const Nothing = () => (
  <Empty
    className="panel"
    image={Empty.PRESENTED_IMAGE_SIMPLE}
    description={
      <>
        <b>{words.empty}</b>
        <p>{words.emptyHint}</p>
      </>
    }
  />
);

interface BoardProps extends Omit<ReturnType<typeof useDeadLetters>, 'page' | 'log' | 'fault'> {
  page: DeadLetterPage;
}

function Board({ page: { items, total, next }, busy, load, more, resend }: BoardProps) {
  const ids = items.slice(0, mostAtOnce).map(({ id }) => id);
  return (
    <section className="panel" aria-label={words.title}>
      <div className="letters-head">
        <h2>{words.title}</h2>
        <span>{words.count(total)}</span>
        <span className="header-space" />
        <Button type="text" icon={<ReloadOutlined />} onClick={() => void load()}>
          {words.refresh}
        </Button>
        {ids.length > 1 && (
          <Popconfirm
            title={words.ask(ids.length)}
            okText={words.resend}
            cancelText={texts.cancel}
            onConfirm={() => resend(ids)}
          >
            <Button>{words.resendAll(ids.length)}</Button>
          </Popconfirm>
        )}
      </div>
      <p className="letters-hint">{words.hint}</p>
      <Letters letters={items} busy={busy} onResend={(wanted) => void resend(wanted)} />
      {next && (
        <Button block type="text" onClick={() => void more()}>
          {words.more}
        </Button>
      )}
    </section>
  );
}

/** What could not be delivered, for administrators. */
export default function Outbox({ session, onSignedOut }: Props) {
  const { page, log, fault, ...rest } = useDeadLetters();
  const nameOf = useNames();
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    document.title = `${words.title} · ${texts.product}`;
  }, []);
  return (
    <div className="desk outbox">
      <header className="header">
        <Brand session={session} />
        <span className="header-space" />
        <Account
          session={session}
          onChangePassword={() => setChanging(true)}
          onSignOut={() => void api.signOut().finally(onSignedOut)}
        />
      </header>
      <main className="board">
        {fault && <Alert type="error" showIcon title={words.failed} description={fault} />}
        {!page && !fault && <Skeleton active className="panel" paragraph={{ rows: 6 }} />}
        {page && (page.total > 0 ? <Board page={page} {...rest} /> : <Nothing />)}
        <ResendLog log={log} nameOf={nameOf} />
      </main>
      <Suspense>{changing && <OwnPasswordDialog onClose={() => setChanging(false)} />}</Suspense>
    </div>
  );
}

import '../page/desk.css';
import '../studio/studio.css';
import '../studio/intent-drawer.css';
import './notices.css';
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Segmented, Skeleton } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { Session } from '#wire';
import { api } from '../api.ts';
import { Account, Brand } from '../page/frame.tsx';
import { go } from '../studio/address.ts';
import { texts } from '../texts.ts';
import { listAddress, newAddress, noticeAddress, useNoticesAddress } from './address.ts';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';
import { NoticeRow } from './row.tsx';
import { useAsked } from './use-asked.ts';

const OwnPasswordDialog = lazy(() => import('../session/own-password-dialog.tsx'));
const NoticeDrawer = lazy(() => import('./notice-drawer.tsx'));
const NoticeForm = lazy(() => import('./notice-form.tsx'));

interface Props {
  session: Session;
  onSignedOut(): void;
}

const often = 3000;

function useNames() {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => void api.names().then(setNames, () => {}), []);
  return (name: string) => names[name] ?? (name === 'gridtalk' ? texts.product : name);
}

/** Where administrators announce something to many, and see what went out by itself. */
export default function Notices({ session, onSignedOut }: Props) {
  const { what, id } = useNoticesAddress();
  const [automatic, setAutomatic] = useState(what === 'automatic');
  const [changing, setChanging] = useState(false);
  const [changes, setChanges] = useState(0);
  const nameOf = useNames();
  useEffect(() => {
    document.title = `${words.title} · ${texts.product}`;
  }, []);
  const back = () => go(listAddress(automatic));
  const changed = () => setChanges((count) => count + 1);
  const open = (made: string) => {
    changed();
    go(noticeAddress(made));
  };
  const tab = (next: boolean) => {
    setAutomatic(next);
    go(listAddress(next));
  };

  return (
    <div className="desk studio notices">
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
        <div className="notices-tools">
          <Segmented<boolean>
            className="tabs"
            value={automatic}
            options={[
              { value: false, label: words.tabs.written },
              { value: true, label: words.tabs.automatic },
            ]}
            onChange={tab}
          />
          <span className="header-space" />
          <Button onClick={() => go(newAddress('text'))}>{words.newText}</Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => go(newAddress('price'))}>
            {words.newPrice}
          </Button>
        </div>
        <List key={`${automatic} ${changes}`} automatic={automatic} nameOf={nameOf} />
      </main>
      <Suspense>
        {what === 'open' && <NoticeDrawer key={id} id={id} nameOf={nameOf} onChanged={changed} onClose={back} />}
        {what === 'new' && <NoticeForm kind={id === 'text' ? 'text' : 'price'} onSaved={open} onClose={back} />}
        {what === 'edit' && <NoticeForm key={id} id={id} kind="price" onSaved={open} onClose={back} />}
        {changing && <OwnPasswordDialog onClose={() => setChanging(false)} />}
      </Suspense>
    </div>
  );
}

function List({ automatic, nameOf }: { automatic: boolean; nameOf(user: string): string }) {
  const [shown, setShown] = useState(1);
  const ask = useCallback(
    async (signal: AbortSignal) => {
      let page = await notices.list(automatic, undefined, signal);
      const items = [...page.items];
      for (let count = 1; count < shown && page.next; count += 1) {
        page = await notices.list(automatic, page.next, signal);
        items.push(...page.items);
      }
      return { items, next: page.next };
    },
    [automatic, shown],
  );
  const { found, fault } = useAsked(ask, often);
  if (!found)
    return fault ? <Alert type="warning" showIcon title={words.lost} /> : <Skeleton active className="panel" />;
  if (found.items.length === 0)
    return (
      <Empty
        className="panel"
        description={
          <>
            {!automatic && <p>{words.empty}</p>}
            <p className="soft">{automatic ? words.emptyAutomatic : words.emptyHint}</p>
          </>
        }
      />
    );
  return (
    <>
      {fault !== undefined && <Alert type="warning" showIcon title={words.lost} />}
      <ul className="notice-list">
        {found.items.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} nameOf={nameOf} />
        ))}
      </ul>
      {found.next && <Button onClick={() => setShown(shown + 1)}>{words.more}</Button>}
    </>
  );
}

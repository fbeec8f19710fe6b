import '../page/desk.css';
import '../studio/studio.css';
import '../studio/intent-drawer.css';
import './notices.css';
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Segmented, Skeleton } from 'antd';
import { lazy, useCallback, useState } from 'react';
import { AdminPage, type PageProps } from '../page/admin-page.tsx';
import { useNames } from '../page/use-names.ts';
import { go } from '../studio/address.ts';
import { texts } from '../texts.ts';
import { listAddress, newAddress, noticeAddress, useNoticesAddress } from './address.ts';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';
import { NoticeRow } from './row.tsx';
import { useAsked } from './use-asked.ts';

const NoticeDrawer = lazy(() => import('./notice-drawer.tsx'));
const NoticeForm = lazy(() => import('./notice-form.tsx'));

const often = 3000;

/** Where administrators announce something to many, and see what went out by itself. */
export default function Notices(props: PageProps) {
  const { what, id } = useNoticesAddress();
  const [automatic, setAutomatic] = useState(what === 'automatic');
  const [changes, setChanges] = useState(0);
  const names = useNames();
  const nameOf = (name: string) => names[name] ?? (name === 'gridtalk' ? texts.product : name);
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

  const over = (
    <>
      {what === 'open' && <NoticeDrawer key={id} id={id} nameOf={nameOf} onChanged={changed} onClose={back} />}
      {what === 'new' && <NoticeForm kind={id === 'text' ? 'text' : 'price'} onSaved={open} onClose={back} />}
      {what === 'edit' && <NoticeForm key={id} id={id} kind="price" onSaved={open} onClose={back} />}
    </>
  );
  return (
    <AdminPage {...props} className="studio notices" title={words.title} over={over}>
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
    </AdminPage>
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

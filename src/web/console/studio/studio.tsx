import '../page/desk.css';
import './studio.css';
import { Segmented } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Session } from '#wire';
import { api } from '../api.ts';
import { Account, Brand } from '../page/frame.tsx';
import { texts } from '../texts.ts';
import { go, type Tab, tabAddress, tabs, useStudioAddress } from './address.ts';
import { HistoryTab } from './history-tab.tsx';
import { IntentsTab } from './intents-tab.tsx';
import { StateBar } from './state-bar.tsx';
import { words } from './studio-texts.ts';
import { TryTab } from './try-tab.tsx';
import { useStudioState } from './use-studio-state.ts';
import { VersionsTab } from './versions-tab.tsx';

const OwnPasswordDialog = lazy(() => import('../session/own-password-dialog.tsx'));

interface Props {
  session: Session;
  onSignedOut(): void;
}

function useNames() {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => void api.names().then(setNames, () => {}), []);
  return (name: string) => names[name] ?? (name === 'gridtalk' ? words.house : name);
}

const tabOptions = tabs.map((value) => ({ value, label: words.tabs[value] }));

/** Where admins teach the classifier. */
export default function Studio({ session, onSignedOut }: Props) {
  const { tab, intent } = useStudioAddress();
  const { state, lost, refresh, setState } = useStudioState();
  const nameOf = useNames();
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    document.title = `${words.title} · ${texts.product}`;
  }, []);
  const changed = () => void refresh();

  return (
    <div className="desk studio">
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
        <StateBar state={state} lost={lost} nameOf={nameOf} onState={setState} />
        <Segmented<Tab> className="tabs" options={tabOptions} value={tab} onChange={(next) => go(tabAddress(next))} />
        {tab === 'intents' && <IntentsTab opened={intent} state={state} nameOf={nameOf} onChanged={changed} />}
        {tab === 'try' && <TryTab state={state} />}
        {tab === 'versions' && <VersionsTab state={state} nameOf={nameOf} onState={setState} onChanged={changed} />}
        {tab === 'history' && <HistoryTab state={state} nameOf={nameOf} />}
      </main>
      <Suspense>{changing && <OwnPasswordDialog onClose={() => setChanging(false)} />}</Suspense>
    </div>
  );
}

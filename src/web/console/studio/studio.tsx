import '../page/desk.css';
import './studio.css';
import { Segmented } from 'antd';
import { AdminPage, type PageProps } from '../page/admin-page.tsx';
import { useNames } from '../page/use-names.ts';
import { go, type Tab, tabAddress, tabs, useStudioAddress } from './address.ts';
import { HistoryTab } from './history-tab.tsx';
import { IntentsTab } from './intents-tab.tsx';
import { StateBar } from './state-bar.tsx';
import { words } from './studio-texts.ts';
import { TryTab } from './try-tab.tsx';
import { useStudioState } from './use-studio-state.ts';
import { VersionsTab } from './versions-tab.tsx';

const tabOptions = tabs.map((value) => ({ value, label: words.tabs[value] }));

/** Where admins teach the classifier. */
export default function Studio(props: PageProps) {
  const { tab, intent } = useStudioAddress();
  const { state, lost, refresh, setState } = useStudioState();
  const names = useNames();
  const nameOf = (name: string) => names[name] ?? (name === 'gridtalk' ? words.house : name);
  const changed = () => void refresh();

  return (
    <AdminPage {...props} className="studio" title={words.title}>
      <StateBar state={state} lost={lost} nameOf={nameOf} onState={setState} />
      <Segmented<Tab> className="tabs" options={tabOptions} value={tab} onChange={(next) => go(tabAddress(next))} />
      {tab === 'intents' && <IntentsTab opened={intent} state={state} nameOf={nameOf} onChanged={changed} />}
      {tab === 'try' && <TryTab state={state} />}
      {tab === 'versions' && <VersionsTab state={state} nameOf={nameOf} onState={setState} onChanged={changed} />}
      {tab === 'history' && <HistoryTab state={state} nameOf={nameOf} />}
    </AdminPage>
  );
}

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Session } from '#wire';
import { api } from '../api.ts';
import { texts } from '../texts.ts';
import { Account, Brand } from './frame.tsx';

const OwnPasswordDialog = lazy(() => import('../session/own-password-dialog.tsx'));

/** What the console gives each of its pages. */
export interface PageProps {
  session: Session;
  onSignedOut(): void;
}

interface Props extends PageProps {
  /** Classes of the page's own. */
  className: string;
  title: string;
  children: ReactNode;
  /** What stands over the page; it may load late. */
  over?: ReactNode;
}

/** The frame of a page that is for administrators only. */
export function AdminPage({ session, onSignedOut, className, title, children, over }: Props) {
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    document.title = `${title} · ${texts.product}`;
  }, [title]);
  return (
    <div className={`desk ${className}`}>
      <header className="header">
        <Brand session={session} />
        <span className="header-space" />
        <Account
          session={session}
          onChangePassword={() => setChanging(true)}
          onSignOut={() => void api.signOut().finally(onSignedOut)}
        />
      </header>
      <main className="board">{children}</main>
      <Suspense>
        {over}
        {changing && <OwnPasswordDialog onClose={() => setChanging(false)} />}
      </Suspense>
    </div>
  );
}

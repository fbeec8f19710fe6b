import { Button, Spin } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Session } from '#wire';
import { api, onSignedOut, Problem } from './api.ts';
import { deskAddress, noticesAddress, outboxAddress, studioAddress, usePage } from './page/address.ts';
import { OwnPasswordPage } from './session/own-password.tsx';
import { SignInPage } from './session/sign-in.tsx';
import { texts } from './texts.ts';

// The sign-in page must be there at once; the desk comes behind it.
const Desk = lazy(() => import('./page/desk.tsx'));
const pages = {
  [deskAddress]: Desk,
  [studioAddress]: lazy(() => import('./studio/studio.tsx')),
  [noticesAddress]: lazy(() => import('./notices/notices.tsx')),
  [outboxAddress]: lazy(() => import('./outbox/outbox.tsx')),
} as Readonly<Record<string, typeof Desk>>;

const Waiting = () => (
  <div className="waiting">
    <Spin size="large" />
  </div>
);

/** Who is here decides what is shown. */
export function Console() {
  const { session, setSession, failed, load } = useSession();
  const page = usePage();
  if (failed)
    return (
      <div className="waiting">
        <p>{failed.words}</p>
        <Button type="primary" onClick={load}>
          {texts.retry}
        </Button>
      </div>
    );
  if (session === undefined) return <Waiting />;
  if (session === null) return <SignInPage onSignedIn={setSession} />;
  if (session.mustChange) return <OwnPasswordPage onChanged={setSession} />;
  const Page = (session.roles.includes('admin') && pages[page]) || Desk;
  return (
    <Suspense fallback={<Waiting />}>
      <Page session={session} onSignedOut={() => setSession(null)} />
    </Suspense>
  );
}

/** `undefined` while nobody has answered yet, `null` when nobody is signed in. */
function useSession() {
  const [session, setSession] = useState<Session | null>();
  const [failed, setFailed] = useState<Problem>();

  function load() {
    setFailed(undefined);
    api.session().then(setSession, (fault: unknown) => {
      if (fault instanceof Problem && fault.status === 401) setSession(null);
      else setFailed(fault instanceof Problem ? fault : new Problem('other', 0));
    });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    onSignedOut(() => setSession(null));
    load();
  }, []);
  return { session, setSession, failed, load };
}

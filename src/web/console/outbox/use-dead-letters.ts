import { App } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { DeadLetterPage, Resend, Resent } from '#wire';
import { Problem, request, wordsOf } from '../api.ts';
import { words } from './outbox-texts.ts';

const at = '/api/dead-letters';
const read = (cursor?: string | null) =>
  request<DeadLetterPage>('GET', cursor ? `${at}?cursor=${encodeURIComponent(cursor)}` : at);
const readLog = () => request<{ items: Resent[] }>('GET', `${at}/resends`);
const send = (ids: string[]) => request<{ resent: number }>('POST', `${at}/resend`, { ids } satisfies Resend);
/** As many as the server takes at once. */
export const mostAtOnce = 200;

/** What was given up and who sent what again; `busy` holds the ids that are on their way. */
export function useDeadLetters() {
  const { message } = App.useApp();
  const [page, setPage] = useState<DeadLetterPage>();
  const [log, setLog] = useState<Resent[]>([]);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState<readonly string[]>([]);

  const load = useCallback(async () => {
    try {
      const [found, resends] = await Promise.all([read(), readLog()]);
      setPage(found);
      setLog(resends.items);
      setFault(undefined);
    } catch (problem) {
      setFault(wordsOf(problem));
    }
  }, []);
  useEffect(() => void load(), [load]);

  async function more() {
    const found = await read(page?.next).catch((problem) => void message.error(wordsOf(problem)));
    if (found) setPage((before) => ({ ...found, items: [...(before?.items ?? []), ...found.items] }));
  }

  async function resend(ids: string[]) {
    setBusy(ids);
    try {
      const { resent } = await send(ids);
      message.success(words.done(resent));
    } catch (problem) {
      const gone = problem instanceof Problem && problem.code === 'NotDead';
      message.error(gone ? words.gone : wordsOf(problem));
    }
    await load();
    setBusy([]);
  }
  return { page, log, fault, busy, load, more, resend };
}

import { App, Button } from 'antd';
import { useState } from 'react';
import type { CloseOrder, WorkOrder } from '#wire';
import { api, Problem, wordsOf } from '../api.ts';
import { texts } from '../texts.ts';
import { CloseDialog } from './close-dialog.tsx';

interface Props {
  order: WorkOrder;
  user: string;
  names: Readonly<Record<string, string>>;
  onChanged(order: WorkOrder): void;
  /** Someone was faster: what is shown is old. */
  onConflict(): void;
}

const words = texts.actions;

function useChange({ onChanged, onConflict }: Props) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);

  async function change(work: () => Promise<WorkOrder>, done: string) {
    setBusy(true);
    try {
      onChanged(await work());
      message.success(done);
    } catch (fault) {
      if (fault instanceof Problem && fault.status === 409) {
        message.warning(fault.words);
        onConflict();
      } else message.error(wordsOf(fault));
    } finally {
      setBusy(false);
    }
  }
  return { busy, change };
}

export function Actions(props: Props) {
  const { order, user, names } = props;
  const { busy, change } = useChange(props);
  const [closing, setClosing] = useState(false);
  const { number, status, claimedBy } = order;

  async function close(how: CloseOrder) {
    await change(() => api.close(number, how), words.closed);
    setClosing(false);
  }

  if (status === 'accepted')
    return (
      <div className="actions">
        <span>{words.waiting}</span>
        <Button
          type="primary"
          size="large"
          loading={busy}
          onClick={() => change(() => api.claim(number), words.claimed)}
        >
          {words.claim}
        </Button>
      </div>
    );
  const mine = status === 'claimed' && claimedBy === user;
  const state = status === 'claimed' ? words.heldBy(names[claimedBy ?? ''] ?? claimedBy ?? '') : words.over;
  return (
    <div className="actions">
      <span>{state}</span>
      {mine && (
        <Button type="primary" size="large" onClick={() => setClosing(true)}>
          {words.close}
        </Button>
      )}
      <CloseDialog open={closing} busy={busy} onClose={close} onCancel={() => setClosing(false)} />
    </div>
  );
}

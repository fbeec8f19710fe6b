import { App } from 'antd';
import { useState } from 'react';
import { Problem } from '../api.ts';
import { faultWords } from './studio-api.ts';

/** One change at a time: the button waits, a fault is told. Answers what the work gave, or undefined where it failed. */
export function useWork(onConflict?: () => void) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);

  async function work<T>(doing: () => Promise<T>, done?: string, onFault?: (fault: unknown) => boolean) {
    setBusy(true);
    try {
      const result = await doing();
      if (done) message.success(done);
      return result;
    } catch (fault) {
      if (!onFault?.(fault)) message.error(faultWords(fault));
      if (fault instanceof Problem && fault.code === 'ChangedMeanwhile') onConflict?.();
      return undefined;
    } finally {
      setBusy(false);
    }
  }
  return { busy, work };
}

import { type ChangeEvent, useEffect, useState } from 'react';

const settleTime = 250;

/** Asks when the typing pauses, not at every key; a Chinese input method writes half words meanwhile. */
export function useSettled() {
  const [typed, setTyped] = useState('');
  const [settled, setSettled] = useState('');
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing) return;
    const waiting = setTimeout(() => setSettled(typed.trim()), settleTime);
    return () => clearTimeout(waiting);
  }, [typed, composing]);
  const input = {
    onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value),
    onCompositionStart: () => setComposing(true),
    onCompositionEnd: () => setComposing(false),
  };
  return { typed, settled, input };
}

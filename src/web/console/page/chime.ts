import { useCallback, useState } from 'react';

const kept = 'gridtalk.chime';
let audio: AudioContext | undefined;

function tone(context: AudioContext, frequency: number, at: number) {
  const start = context.currentTime + at;
  const oscillator = new OscillatorNode(context, { frequency, type: 'sine' });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime(0.18, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.45);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.5);
}

function play(urgent: boolean) {
  // Until the page was clicked a browser would hold the notes back, and play them all at the first click.
  if (!navigator.userActivation.hasBeenActive) return;
  audio ??= new AudioContext();
  const notes = urgent ? [988, 784, 988, 784] : [659, 880];
  for (const [index, frequency] of notes.entries()) tone(audio, frequency, index * 0.18);
}

/** Two soft notes for a new order, four for an urgent one. Whether they sound is remembered on this machine. */
export function useChime() {
  const [on, setOn] = useState(() => localStorage.getItem(kept) !== 'off');
  const toggle = useCallback(() => {
    localStorage.setItem(kept, on ? 'off' : 'on');
    if (!on) play(false);
    setOn(!on);
  }, [on]);
  const chime = useCallback((urgent: boolean) => void (on && play(urgent)), [on]);
  return { on, toggle, chime };
}

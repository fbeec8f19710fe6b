import { Worker } from 'node:worker_threads';
import type { Taught } from '#intents';
import type { Learnt, Lesson, Tell } from './learn.ts';
import type { Task, Told } from './worker.ts';

/** A learning under way. */
export interface Learning {
  done: Promise<Learnt>;
  /** Ends it at once; `done` then rejects. */
  stop(): void;
}

function run<T>(task: Task, tell: Tell): { done: Promise<T>; stop(): void } {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: task });
  const done = new Promise<T>((resolve, reject) => {
    worker.on('message', (told: Told) => {
      if ('done' in told) resolve(told.done as T);
      else tell(told.stage as Parameters<Tell>[0], told.share);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that learns was stopped.')));
  });
  return { done, stop: () => void worker.terminate() };
}

/** Learns in a thread of its own. */
export const learnInThread = (lesson: Lesson, tell: Tell): Learning => run<Learnt>({ do: 'learn', lesson }, tell);

/** Reads the shipped utterances in a thread of its own: a second of parsing. */
export const readInThread = (folder: string): Promise<Taught[]> =>
  run<Taught[]>({ do: 'read', shipped: { folder } }, () => {}).done;

/** A thread of its own: learning and reading thousands of lines never delay a turn. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Lesson, learn, type Shipped, taughtOf } from './learn.ts';

export type Task = { do: 'learn'; lesson: Lesson } | { do: 'read'; shipped: Shipped };
export type Told = { stage: string; share: number } | { done: unknown };

const tell = (told: Told) => parentPort?.postMessage(told);

const task = workerData as Task;
const done =
  task.do === 'read' ? taughtOf(task.shipped) : await learn(task.lesson, (stage, share) => tell({ stage, share }));
tell({ done });

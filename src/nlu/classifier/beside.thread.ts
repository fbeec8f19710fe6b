import { type MessagePort, workerData } from 'node:worker_threads';
import type { Task } from './beside.ts';
import { fitEnsemble } from './ensemble.ts';

const { task, done, port } = workerData as { task: Task; done: Int32Array; port: MessagePort };
try {
  port.postMessage(fitEnsemble(task.rows, task.labels, task.classes, task.options));
} finally {
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}

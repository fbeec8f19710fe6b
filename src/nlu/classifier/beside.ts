import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Ensemble, EnsembleOptions } from './ensemble.ts';
import { fitEnsemble } from './ensemble.ts';
import type { Rows } from './matrix.ts';

/** All that a fit takes and gives is plain data, which threads hand to one another. */
export interface Task {
  rows: Rows;
  labels: Int32Array;
  classes: number;
  options: EnsembleOptions;
}

/** Below this many rows a thread takes longer to begin than to save. */
const MANY = 4000;
/** Milliseconds after which the thread is given up: it was killed, for want of memory it may be. */
const PATIENCE = 120_000;

/** Begins to fit on a second core, while the caller goes on; what it answers waits for the end. */
export function fitBeside(task: Task): () => Ensemble {
  const here = () => fitEnsemble(task.rows, task.labels, task.classes, task.options);
  if (task.rows.count < MANY) return here;
  const done = new Int32Array(new SharedArrayBuffer(4));
  const { port1: near, port2: far } = new MessageChannel();
  const worker = new Worker(new URL('./beside.thread.ts', import.meta.url), {
    workerData: { task, done, port: far },
    transferList: [far],
  });
  worker.unref();
  return () => {
    Atomics.wait(done, 0, 0, PATIENCE);
    const ensemble = receiveMessageOnPort(near)?.message as Ensemble | undefined;
    near.close();
    worker.terminate();
    return ensemble ?? here();
  };
}

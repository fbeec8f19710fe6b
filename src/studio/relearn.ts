import { GridTalkError } from '#errors';
import type { Log } from '#log';
import type { Book } from './book.ts';
import type { Current } from './current.ts';
import type { openShelf } from './shelf.ts';
import type { Training } from './training.ts';

interface Parts {
  book: Book;
  current: Current;
  shelf: ReturnType<typeof openShelf>;
  training: Training;
  log: Log;
}

/** As the author of what no person did. */
const HOUSE = 'gridtalk';

/**
 * After an upgrade of the classifier the published model can't be read any more: what admins had published is then learnt anew and
 * published, once, at the start. Only at the start: during a rolling upgrade old and new replicas would never agree.
 */
export async function relearn({ book, current, shelf, training, log }: Parts): Promise<void> {
  const { version, model, seq } = current.now();
  if (model) return;
  try {
    const draft = await book.at(seq);
    const number = await training.start(HOUSE, draft, true);
    if (await training.idle()) await shelf.publish(HOUSE, number, { current: version, note: '' });
  } catch (error) {
    // Another replica is at it.
    if (!(error instanceof GridTalkError)) log.warn({ error }, 'the published intents could not be learnt anew');
  }
}

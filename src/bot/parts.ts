import type { Backend } from '#backends';
import type { Cluster } from '#cluster';
import type { Dialog } from '#conversation';
import type { Intent } from '#intents';
import type { Log } from '#log';
import type { Gazetteer, Recognition } from '#nlu';
import type { Storage } from '#storage';
import type { Texts, Translations } from '#texts';
import type { WorkOrder } from '#wire';

/** What the bot is made of. */
export interface Parts {
  storage: Storage;
  cluster: Cluster;
  backend: Backend;
  dialogs: ReadonlyMap<string, Dialog>;
  intents: ReadonlyMap<string, Intent>;
  texts: Texts;
  translations: Translations;
  /** The utility's own names of places, for the reader of addresses. */
  gazetteer?: Gazetteer;
  /** Asked anew for every turn, so that a newly published model is used from the next message on. */
  classifier(): { recognise(text: string): Recognition };
  clock(): Date;
  log: Log;
  /** Called after the commit for every order that was filed or added to. */
  announce(event: 'created' | 'changed', order: WorkOrder): void;
  /** Called after a commit that put something into the outbox. */
  deliver(): void;
}

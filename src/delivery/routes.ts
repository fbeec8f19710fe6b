import { checked, conflict } from '#errors';
import type { Call, Endpoints } from '#routes';
import type { Storage } from '#storage';
import { Resend } from '#wire';
import { listDead, listResends, resend } from './dead-letters.ts';
import type { Delivery } from './delivery.ts';

interface Parts {
  storage: Storage;
  clock: () => Date;
  delivery: Pick<Delivery, 'nudge'>;
}

/** What was given up, for administrators: to see why, and to send it again once the cause is mended. */
export function deadLetters({ storage, clock, delivery }: Parts): Endpoints {
  async function again(call: Call) {
    const { ids } = checked(Resend, call.body);
    const by = call.principal?.user ?? '';
    const resent = await storage.commit((tx) => resend(tx, ids, by, clock().getTime()));
    if (resent === 0) throw conflict('None of these is a dead letter any more.', 'Read the list again.', 'NotDead');
    delivery.nudge();
    return { json: { resent } };
  }
  const at = '/api/dead-letters';
  const admin = { audience: 'admin' } as const;
  return {
    routes: [
      {
        ...{ ...admin, method: 'GET', path: at },
        handle: async (call) => ({ json: await listDead(storage.db, call.query.get('cursor')) }),
      },
      {
        ...{ ...admin, method: 'GET', path: `${at}/resends` },
        handle: async () => ({ json: { items: await listResends(storage.db) } }),
      },
      { ...admin, method: 'POST', path: `${at}/resend`, body: 'json', handle: again },
    ],
  };
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { badRequest, checked } from '#errors';
import type { Answer, Call, Route } from '#routes';
import {
  ActOnNotice,
  ChangeNotice,
  NewNotice,
  NoticeAction,
  type NoticeChoices,
  type NoticeDetail,
  NoticeQuery,
  ReceiverQuery,
} from '#wire';
import { mayDo, noticeActions } from './actions.ts';
import type { DispatchParts } from './dispatch.ts';
import { appendEvent, automatic, findNotice, fromRow, written } from './notice.ts';
import { eventsOf, presentNotice, receiverPage } from './present.ts';
import { previewOf } from './preview.ts';
import { proofOf } from './proof.ts';
import type { NoticeSettings } from './settings.ts';

interface Parts extends DispatchParts {
  settings: NoticeSettings;
  /** Something was changed that the worker should see at once. */
  nudge(): void;
}

/** A path may hold anything. */
const NoticeId = z.string().regex(/^[\w:.+-]{1,120}$/, 'the id of a notice');
const pageSize = 30;
const user = (call: Call) => call.principal?.user ?? '';
const query = (call: Call) => Object.fromEntries([...call.query].filter(([, value]) => value !== ''));

/** What administrators do with notices. */
export function noticeRoutes(parts: Parts): Route[] {
  const { storage, clock, backend, settings } = parts;
  const { db } = storage;
  const actions = noticeActions(storage, clock);
  const idOf = (call: Call) => checked(NoticeId, call.params.id);
  const tools = () => ({ db, settings, now: clock().getTime() });

  async function detail(id: string, call: Call): Promise<NoticeDetail> {
    const notice = await findNotice(db, id);
    const [shown, events, may] = await Promise.all([
      presentNotice(tools(), notice),
      eventsOf(db, id),
      mayDo(db, notice, user(call)),
    ]);
    return { notice: shown, content: written(notice), events, may };
  }

  /** Does something, wakes the worker, answers the notice as it then is. */
  const doing = async (call: Call, id: string, work: Promise<void>, status = 200): Promise<Answer> => {
    await work;
    parts.nudge();
    return { status, json: await detail(id, call) };
  };

  async function list(call: Call): Promise<Answer> {
    const asked = checked(NoticeQuery, query(call));
    let rows = db
      .selectFrom('notice')
      .selectAll()
      .where('author', asked.automatic === 'true' ? '=' : '!=', automatic);
    if (asked.cursor) rows = rows.where('created_at', '<', Number(asked.cursor) || 0);
    const found = await rows
      .orderBy('created_at', 'desc')
      .limit(pageSize + 1)
      .execute();
    const shown = found.slice(0, pageSize);
    const items = await Promise.all(shown.map((row) => presentNotice(tools(), fromRow(row))));
    return { json: { items, next: found.length > pageSize ? String(shown.at(-1)?.created_at) : null } };
  }

  async function make(call: Call): Promise<Answer> {
    const content = await sound(checked(NewNotice, call.body));
    const id = randomUUID();
    return doing(call, id, actions.make(id, content, user(call)), 201);
  }

  async function edit(call: Call): Promise<Answer> {
    const { version, content } = checked(ChangeNotice, call.body);
    const id = idOf(call);
    return doing(call, id, actions.edit(id, version, await sound(content), user(call)));
  }

  const act = (call: Call) => {
    const id = idOf(call);
    const action = checked(NoticeAction, call.params.action);
    return doing(call, id, actions.act(id, action, checked(ActOnNotice, call.body), user(call)));
  };

  /** Books must be known, and each pair be of one class and region that the notice is about. */
  async function sound(content: NewNotice): Promise<NewNotice> {
    if (content.kind !== 'price') return content;
    const { books } = await backend.prices.all();
    for (const { old, new: coming } of content.books) {
      const [was, is] = [old, coming].map((id) => books.find((book) => book.id === id));
      const fits = was && is && was.region === is.region && was.kind === is.kind;
      const meant = fits && includes(content.regions, is.region) && includes(content.kinds, is.kind);
      if (!meant)
        throw badRequest(
          `«${old}» and «${coming}» are no two price books of one class and region of this notice.`,
          'Choose books from GET /api/notices/choices that belong to the chosen classes and regions.',
          'BooksDiffer',
        );
    }
    return content;
  }

  async function choices(): Promise<{ json: NoticeChoices }> {
    const { books, changes } = await backend.prices.all();
    return {
      json: {
        books: books.map(({ id, name, region, kind, document, effectiveFrom }) => ({
          ...{ id, name, region, kind, document, effectiveFrom },
        })),
        changes: changes.map(({ announcedOn: _, ...change }) => change),
      },
    };
  }

  async function proof(call: Call): Promise<Answer> {
    const id = idOf(call);
    const notice = await findNotice(db, id);
    // It names customers: who took it out is kept.
    await storage.commit((tx) => appendEvent(tx, id, clock().getTime(), user(call), 'exported'));
    return {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="notice-${id.replace(/[^\w-]/g, '_')}.csv"`,
        'cache-control': 'no-store',
      },
      bytes: await proofOf(db, notice.id),
    };
  }

  const at = '/api/notices';
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, audience: 'admin', handle });
  const change = (method: 'POST' | 'PUT', path: string, handle: Route['handle']): Route => ({
    ...{ method, path, audience: 'admin', body: 'json', handle },
  });
  return [
    get(at, list),
    change('POST', at, make),
    // Before `:id`, which would take it.
    get(`${at}/choices`, choices),
    get(`${at}/:id`, async (call) => ({ json: await detail(idOf(call), call) })),
    change('PUT', `${at}/:id`, edit),
    get(`${at}/:id/preview`, async (call) => ({ json: await previewOf(parts, await findNotice(db, idOf(call))) })),
    get(`${at}/:id/receivers`, async (call) => ({
      json: await receiverPage(db, idOf(call), checked(ReceiverQuery, query(call))),
    })),
    get(`${at}/:id/proof`, proof),
    change('POST', `${at}/:id/:action`, act),
  ];
}

const includes = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);

import { checked } from '#errors';
import type { Gazetteer } from '#nlu';
import type { Answer, Call, Route } from '#routes';
import type { Db } from '#storage';
import {
  AddUtterances,
  ChangeIntent,
  ChangeQuery,
  EditUtterance,
  NewIntent,
  Publish,
  RemoveUtterances,
  StartTraining,
  type StudioState,
  TryMessage,
  UtteranceQuery,
} from '#wire';
import type { Book } from './book.ts';
import { changesBefore } from './changes.ts';
import type { Current } from './current.ts';
import type { Draft } from './draft.ts';
import {
  addUtterances,
  changeIntent,
  type Decision,
  editUtterance,
  intentOf,
  makeIntent,
  type Rules,
  removeIntent,
  removeUtterances,
} from './edit.ts';
import { LinesRefused, nothingToTrain, unknownVersion } from './faults.ts';
import { listIntents, oneIntent } from './intents-view.ts';
import { presentChange } from './present.ts';
import type { openShelf } from './shelf.ts';
import type { Training } from './training.ts';
import { tryMessage } from './tried.ts';

interface Parts {
  db: Db;
  clock(): Date;
  book: Book;
  current: Current;
  shelf: ReturnType<typeof openShelf>;
  training: Training;
  gazetteer?: Gazetteer;
  rules: Rules;
  dialogs: { has(intent: string): boolean };
}

const PAGE = 50;
const user = (call: Call) => call.principal?.user ?? '';
const query = (call: Call) => Object.fromEntries([...call.query].filter(([, value]) => value !== ''));
/** 500 pasted lines of 500 characters. */
const LARGE = 1024 * 1024;

/** The studio's HTTP face: reads, decisions written into the book, training, publication. */
export function studioRoutes(parts: Parts): Route[] {
  const { db, clock, book, current, shelf, training, gazetteer } = parts;
  const view = (draft: Draft) => ({ ...parts, draft, since: current.now().seq });

  async function state(): Promise<{ json: StudioState }> {
    const [draft, versions] = await Promise.all([book.read(), shelf.list()]);
    const now = versions.find((version) => version.current) ?? versions.at(-1)!;
    const [latest] = versions;
    const trained = versions.find(({ status }) => status === 'trained');
    const edits = draft.edits;
    return {
      json: {
        current: now,
        latest: latest && latest.number > now.number ? latest : undefined,
        draft: {
          ...{ seq: draft.seq, intents: draft.intents.size, utterances: draft.utterances, stale: draft.stale.size },
          unpublished: edits.filter((seq) => seq > now.seq).length,
          untrained: edits.filter((seq) => seq > (trained?.seq ?? 0)).length,
        },
        unusable: current.now().model === undefined,
      },
    };
  }

  /** Writes a decision and answers the intent as it then is. */
  const write = async (call: Call, id: string, decide: Decision, status = 200): Promise<Answer> => {
    try {
      const draft = await book.write(user(call), decide);
      return { status, json: oneIntent(view(draft), id, { page: 1 }) };
    } catch (error) {
      if (!(error instanceof LinesRefused)) throw error;
      const { code, message, mend, refused } = error;
      return { status: error.status, json: { error: { code, message: `${message} ${mend}` }, refused } };
    }
  };

  const make = (call: Call) => {
    const asked = checked(NewIntent, call.body);
    return write(call, asked.id, makeIntent(asked), 201);
  };
  const edit = (decide: (id: string, body: unknown) => Decision) => (call: Call) => {
    const id = call.params.id ?? '';
    return write(call, id, decide(id, call.body));
  };
  async function remove(call: Call) {
    const id = call.params.id ?? '';
    await book.write(user(call), removeIntent(id));
    return { json: { removed: id } };
  }
  async function one(call: Call) {
    const draft = await book.read();
    const { id } = intentOf(draft, call.params.id ?? '');
    return { json: oneIntent(view(draft), id, checked(UtteranceQuery, query(call))) };
  }
  const list = async (call: Call) => ({ json: listIntents(view(await book.read()), call.query.get('q') ?? '') });

  async function changes(call: Call) {
    const { intent, before = Number.MAX_SAFE_INTEGER } = checked(ChangeQuery, query(call));
    const [draft, found] = await Promise.all([book.read(), changesBefore(db, before, PAGE + 1, intent)]);
    const items = found.slice(0, PAGE).map((change) => presentChange(change, draft));
    return { json: { items, next: found.length > PAGE ? (items.at(-1)?.seq ?? null) : null } };
  }

  async function train(call: Call) {
    const { fresh } = checked(StartTraining, call.body);
    const draft = await book.read();
    const done = (await shelf.list()).find(({ status, kept }) => status === 'trained' && kept);
    if (!fresh && !draft.edits.some((seq) => seq > (done?.seq ?? 0))) throw nothingToTrain();
    await training.start(user(call), draft, fresh);
    return { status: 202, ...(await state()) };
  }

  async function publish(call: Call) {
    const asked = call.params.number ?? '';
    if (!/^\d{1,9}$/.test(asked)) throw unknownVersion(asked.slice(0, 20));
    await shelf.publish(user(call), Number(asked), checked(Publish, call.body));
    return state();
  }

  async function attempt(call: Call) {
    const { text } = checked(TryMessage, call.body);
    const { intents } = current.now();
    const [draft, newest] = await Promise.all([book.read(), shelf.newest()]);
    const nameOf = (id: string) => draft.intents.get(id)?.name ?? intents.get(id)?.name ?? id;
    const published = { version: current.now().version, model: current.model() };
    return { json: tryMessage(text, published, newest, nameOf, clock(), gazetteer) };
  }

  const at = '/api/studio';
  const utterances = `${at}/intents/:id/utterances`;
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, audience: 'admin', handle });
  const change = (method: Route['method'], path: string, handle: Route['handle'], limit?: number): Route => ({
    ...{ method, path, audience: 'admin', body: method === 'DELETE' ? undefined : 'json', limit, handle },
  });
  return [
    get(at, state),
    get(`${at}/intents`, list),
    change('POST', `${at}/intents`, make, LARGE),
    get(`${at}/intents/:id`, one),
    change(
      'PUT',
      `${at}/intents/:id`,
      edit((id, body) => changeIntent(id, checked(ChangeIntent, body))),
    ),
    change('DELETE', `${at}/intents/:id`, remove),
    change(
      'POST',
      utterances,
      edit((id, body) => addUtterances(id, checked(AddUtterances, body).texts)),
      LARGE,
    ),
    change(
      'PUT',
      utterances,
      edit((id, body) => {
        const { from, to } = checked(EditUtterance, body);
        return editUtterance(id, from, to);
      }),
    ),
    change(
      'POST',
      `${utterances}/removed`,
      edit((id, body) => removeUtterances(id, checked(RemoveUtterances, body).texts)),
      LARGE,
    ),
    get(`${at}/changes`, changes),
    get(`${at}/versions`, async () => ({ json: { items: await shelf.list() } })),
    change('POST', `${at}/training`, train),
    change('POST', `${at}/versions/:number/publish`, publish),
    change('POST', `${at}/try`, attempt),
  ];
}

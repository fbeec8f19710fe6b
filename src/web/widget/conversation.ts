import type { Action, Activity, Card, Frame, Picture, Place } from './activity.ts';
import type { Memory, Outgoing } from './memory.ts';
import type { PictureStore } from './picture-store.ts';
import { type Delivery, openSender } from './sender.ts';
import type { Service } from './service.ts';
import { type Connection, openStream } from './stream.ts';

/** One bubble. `key` stays the same from the first «sending» to the echo after a reload. */
export interface Line {
  key: string;
  mine: boolean;
  text: string;
  at: number;
  pictures: Picture[];
  place?: Place;
  cards: Card[];
  actions: Action[];
  delivery: Delivery;
  progress?: number;
}

export interface View {
  lines: readonly Line[];
  /** Whether the history is there: until then nothing is new. */
  ready: boolean;
  typing: boolean;
  connection: Connection;
  restarted: boolean;
}

export interface Draft {
  text: string;
  value?: unknown;
  place?: Place;
  picture?: File;
}

export type Conversation = ReturnType<typeof openConversation>;

/** Longer than the slowest answer; after that the dots would only be a promise that nobody keeps. */
const typingTime = 12_000;
const echoTime = 4000;

const lineOf = (activity: Activity): Line => ({
  key: activity.clientId || activity.id,
  mine: activity.mine,
  text: activity.text,
  at: activity.at,
  pictures: activity.pictures,
  place: activity.place,
  cards: activity.cards,
  actions: activity.actions,
  delivery: 'sent',
});

const lineFor = (item: Outgoing, blob: Blob | undefined): Line => ({
  key: item.id,
  mine: true,
  text: item.text,
  at: item.at,
  pictures: item.picture ? [{ name: item.picture, blob }] : [],
  place: item.place,
  cards: [],
  actions: [],
  delivery: item.rejected ? 'rejected' : 'sending',
});

/** crypto.randomUUID is missing on plain http; an id needs to be unique, not secret. */
const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

/** What has been said, what is on its way, and everything that keeps the two in step with the server. */
export function openConversation(memory: Memory, pictures: PictureStore, service: Service, show: (view: View) => void) {
  const said = new Map<string, Line>();
  const pending = new Map<string, Line>();
  let ready = false;
  let restarted = false;
  let connection: Connection = 'connecting';
  let typing: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  let queued = Promise.resolve();
  let { sender, stream } = begin();

  function render(): void {
    show({
      lines: [...said.values(), ...pending.values()],
      ready,
      typing: typing !== undefined,
      connection,
      restarted,
    });
  }

  function begin() {
    const opened = openSender(memory, pictures, service, { delivery, progress, gone });
    return { sender: opened, stream: openStream(service, { frame, connection: connected, gone }) };
  }

  function connected(state: Connection): void {
    const first = state === 'online' && !ready;
    if (state === 'online') ready = true;
    if (first || state !== connection) {
      connection = state;
      if (state === 'online') void sender.flush();
      render();
    }
  }

  /** Another conversation: what it was about is gone, what was on its way goes into the new one. */
  function gone(): void {
    restart(true);
  }

  function restart(told: boolean): void {
    sender.stop();
    stream.stop();
    said.clear();
    ready = false;
    restarted = told;
    connection = 'connecting';
    ({ sender, stream } = begin());
    render();
  }

  function setTyping(on: boolean): void {
    clearTimeout(typing);
    typing = on ? setTimeout(typingEnds, typingTime) : undefined;
  }

  function typingEnds(): void {
    setTyping(false);
    render();
  }

  function frame({ activities }: Frame): number {
    const known = said.size;
    for (const activity of activities) {
      if (activity.typing) {
        if (!activity.mine) setTyping(true);
      } else take(lineOf(activity));
    }
    if (activities.length > 0) render();
    return said.size - known;
  }

  function take(line: Line): void {
    const sent = pending.get(line.key);
    if (line.mine) sender.confirmed(line.key);
    else setTyping(false);
    pending.delete(line.key);
    if (said.has(line.key)) return;
    // The bytes that are here already need not be fetched again.
    said.set(line.key, { ...line, pictures: sent?.pictures.length ? sent.pictures : line.pictures });
  }

  async function delivery(item: Outgoing, state: Delivery): Promise<void> {
    if (!pending.has(item.id) && !said.has(item.id)) await add(item);
    const line = pending.get(item.id);
    if (!line) return;
    line.delivery = state;
    if (state === 'sent') watchForEcho(item.id);
    if (state === 'waiting' || state === 'rejected') setTyping(false);
    render();
  }

  function watchForEcho(id: string): void {
    stream.expect();
    setTimeout(() => pending.has(id) && void stream.check(), echoTime);
  }

  function progress(id: string, part: number): void {
    const line = pending.get(id);
    if (!line) return;
    line.progress = part;
    render();
  }

  async function add(item: Outgoing): Promise<void> {
    const line = lineFor(item, item.picture ? await pictures.find(item.id) : undefined);
    if (!said.has(item.id)) pending.set(item.id, line);
  }

  async function queue({ picture, ...words }: Draft): Promise<void> {
    latest = Math.max(Date.now(), latest + 1);
    const item: Outgoing = { id: newId(), at: latest, ...words, picture: picture?.name };
    if (picture) await pictures.keep(item.id, picture);
    memory.keep(item);
    await add(item);
    setTyping(true);
    restarted = false;
    render();
    if (ready) void sender.flush();
  }

  /** One after another: the words under a picture must not overtake it while it is put by. */
  function send(draft: Draft): Promise<void> {
    queued = queued.then(() => queue(draft));
    return queued;
  }

  void Promise.all(memory.outbox().map(add)).then(render);

  return {
    send,
    retry: (id: string) => sender.retry(id),
    /** The network or the page is back. */
    wake() {
      stream.wake();
      if (ready) void sender.flush();
    },
    cut: () => stream.cut(),
    /** Another tab has begun another conversation. */
    follow: () => restart(false),
  };
}

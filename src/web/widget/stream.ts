import { type Frame, parseFrame } from './activity.ts';
import { backOff, openPause } from './pause.ts';
import { type Service, troubleOf } from './service.ts';

export type Connection = 'connecting' | 'online' | 'reconnecting';

export interface Listener {
  /** @returns how many of its activities were not known yet. */
  frame(frame: Frame): number;
  connection(state: Connection): void;
  /** The conversation is no more: forget it and begin another. */
  gone(): void;
}

export type Stream = ReturnType<typeof openStream>;

/** A history longer than one page comes in pages. */
const page = 50;
const openingTime = 8000;
const keepAlive = 20_000;
const pulsesPerCheck = 3;
/** After so many sockets that never opened a proxy is in the way: poll, and look again later. */
const patience = 2;
const socketAgain = 60_000;

/**
 * Everything that is said, from the last watermark on: by socket, by polling where sockets fail. The history is always
 * fetched first, so that a connection of either kind never has a hole before it; what comes twice has the same id.
 */
export function openStream(service: Service, listener: Listener) {
  const pause = openPause();
  let watermark = '';
  let failures = 0;
  let deafSockets = 0;
  let socketAt = 0;
  let pulses = 0;
  let socket: WebSocket | undefined;
  let busyUntil = 0;
  let running = true;

  function take(frame: Frame): number {
    if (!running) return 0;
    if (frame.watermark) watermark = frame.watermark;
    return listener.frame(frame);
  }

  async function catchUp(): Promise<number> {
    let count = 0;
    for (let full = true; full; ) {
      const frame = await service.activities(watermark);
      count += take(frame);
      full = frame.activities.length >= page;
    }
    return count;
  }

  /** Asks whether all is here; a socket that kept something from us has been dead for a while: drop it. */
  async function check(): Promise<void> {
    const missed = await catchUp().catch(() => 0);
    if (missed > 0) socket?.close();
  }

  /** Resolves when the socket has ended; says whether it ever opened. */
  async function listen(): Promise<boolean> {
    const opened = new WebSocket(await service.streamUrl(watermark));
    socket = opened;
    let wasOpen = false;
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => opened.close(), openingTime);
      const beat = setInterval(() => pulse(opened), keepAlive);
      opened.onopen = () => {
        wasOpen = true;
        clearTimeout(giveUp);
      };
      opened.onmessage = ({ data }) => data && take(parseFrame(data));
      opened.onclose = () => {
        clearTimeout(giveUp);
        clearInterval(beat);
        socket = undefined;
        resolve(wasOpen);
      };
    });
  }

  /** Keeps the way through proxies open and the token alive, and now and then makes sure that nobody talks past us. */
  function pulse(opened: WebSocket): void {
    if (opened.readyState !== WebSocket.OPEN) return;
    opened.send('');
    service.session().catch(() => undefined);
    if (++pulses % pulsesPerCheck === 0 && !document.hidden) void check();
  }

  async function bySocket(): Promise<void> {
    const wasOpen = await listen();
    deafSockets = wasOpen ? 0 : deafSockets + 1;
    if (deafSockets >= patience) socketAt = Date.now() + socketAgain;
    if (running && wasOpen) {
      listener.connection('reconnecting');
      await pause.wait(backOff(0));
    }
  }

  const pollingTime = () => (document.hidden ? 15_000 : Date.now() < busyUntil ? 1000 : 3000);

  async function round(): Promise<void> {
    await catchUp();
    failures = 0;
    listener.connection('online');
    if (Date.now() < socketAt) await pause.wait(pollingTime());
    else await bySocket();
  }

  /** @returns whether to go on. */
  async function recover(fault: unknown): Promise<boolean> {
    if (!running) return false;
    if (troubleOf(fault) === 'gone') {
      listener.gone();
      return false;
    }
    if (failures > 0) listener.connection('reconnecting');
    await pause.wait(backOff(failures++));
    return running;
  }

  async function run(): Promise<void> {
    let on = true;
    while (on) on = await round().then(() => running, recover);
  }

  void run();

  return {
    check,
    /** Look now: the network or the page has come back, and the socket may have died unseen. */
    wake() {
      pause.wake();
      if (socket) void check();
    },
    /** Soon something should come: poll faster. */
    expect() {
      busyUntil = Date.now() + 15_000;
      pause.wake();
    },
    /** The network is gone: don't wait for the socket to notice. */
    cut() {
      listener.connection('reconnecting');
      socket?.close();
    },
    stop() {
      running = false;
      socket?.close();
      pause.wake();
    },
  };
}

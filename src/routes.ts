import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Who may call: everybody, or staff with at least this role (identity/roles.ts says what each may do). */
export type Audience = 'public' | 'staff' | 'supervisor' | 'admin';

/** The member of staff behind a call; `server.ts` fills it in before a route with a role is handled. */
export interface Principal {
  user: string;
  roles: readonly ('staff' | 'supervisor' | 'admin')[];
}

/** One request, without the HTTP library: rooms declare routes and never see restify. */
export interface Call {
  method: string;
  path: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed JSON where `body: 'json'`, the bytes where `body: 'bytes'`, else undefined. */
  body: unknown;
  /** The untouched request, for routes with `body: 'stream'` (multipart) and for socket facts. */
  raw: IncomingMessage;
  remoteAddress: string;
  principal?: Principal;
}

/** What a route answers. `events` opens a server-sent-event stream and returns what to do when it closes. */
export type Answer =
  | { status?: number; headers?: Record<string, string>; json: unknown }
  | { status?: number; headers?: Record<string, string>; bytes: Uint8Array | string }
  | { events: (send: (event: string, data: unknown, id?: string) => void) => () => void };

/** Routes as data: server.ts mounts them, checks role and CSRF, reads the body within `limit`, and masks faults. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** restify path, `/v3/directline/conversations/:id`. */
  path: string;
  audience: Audience;
  body?: 'json' | 'bytes' | 'stream';
  /** Largest body in bytes (default 64 KiB; json and bytes only). */
  limit?: number;
  /** Whether a browser on another origin may call it (Direct Line); the server answers CORS preflights for it. */
  crossOrigin?: boolean;
  /** Shape of the error body; Direct Line clients want theirs. Default `{error: {code, message}}` for all. */
  handle(call: Call): Promise<Answer> | Answer;
}

/** A WebSocket door: the first whose `path` matches takes the upgrade. */
export interface Upgrade {
  path: RegExp;
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What a room gives to the server: its routes and doors, and how to let go of open streams at shutdown. */
export interface Endpoints {
  routes: readonly Route[];
  upgrades?: readonly Upgrade[];
  close?(): Promise<void>;
}

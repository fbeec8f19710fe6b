import type {
  ChangePassword,
  CloseOrder,
  Session,
  SignIn,
  WorkOrder,
  WorkOrderDetail,
  WorkOrderPage,
  WorkOrderSummary,
} from '#wire';
import { texts } from './texts.ts';

/** A fault as the server names it; `words` is what staff read. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  /** All that the server said, for faults that say more. */
  readonly body: unknown;

  constructor(code: string, status: number, body?: unknown) {
    super(code);
    this.code = code;
    this.status = status;
    this.body = body;
  }

  get words(): string {
    return texts.problems[this.code] ?? texts.problems.other;
  }
}

export const wordsOf = (fault: unknown) => (fault instanceof Problem ? fault.words : texts.problems.other);

let csrf = '';
let tellSignedOut = () => {};

/** Called when the server no longer knows the session, whichever request found out. */
export function onSignedOut(listener: () => void): void {
  tellSignedOut = listener;
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => undefined)) as { error?: { code?: string } } | undefined;
  return new Problem(body?.error?.code ?? 'other', answer.status, body);
}

export async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(path, {
    method,
    signal,
    headers: {
      ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((fault: unknown) => {
    throw signal?.aborted ? fault : new Problem('Offline', 0);
  });
  if (answer.ok) return (await answer.json()) as T;
  const problem = await problemOf(answer);
  if (problem.status === 401 && problem.code !== 'SignInFailed') tellSignedOut();
  throw problem;
}

async function session(asked: Promise<Session>): Promise<Session> {
  const found = await asked;
  csrf = found.csrf;
  return found;
}

const order = (number: string) => `/api/work-orders/${encodeURIComponent(number)}`;

export const api = {
  session: () => session(request<Session>('GET', '/api/session')),
  signIn: (given: SignIn) => session(request<Session>('POST', '/api/session', given)),
  signOut: () => request('DELETE', '/api/session'),
  changePassword: (given: ChangePassword) => session(request<Session>('POST', '/api/session/password', given)),
  names: () => request<Record<string, string>>('GET', '/api/staff/names'),
  orders: (query: URLSearchParams, signal?: AbortSignal) =>
    request<WorkOrderPage>('GET', `/api/work-orders?${query}`, undefined, signal),
  summary: () => request<WorkOrderSummary>('GET', '/api/work-orders/summary'),
  order: (number: string, signal?: AbortSignal) => request<WorkOrderDetail>('GET', order(number), undefined, signal),
  claim: (number: string) => request<WorkOrder>('POST', `${order(number)}/claim`),
  close: (number: string, how: CloseOrder) => request<WorkOrder>('POST', `${order(number)}/close`, how),
  photo: (id: string) => `/api/uploads/${encodeURIComponent(id)}`,
};

export const eventsPath = '/api/work-orders/events';

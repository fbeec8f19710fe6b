import type {
  NewNotice,
  NoticeAction,
  NoticeChoices,
  NoticeDetail,
  NoticePage,
  NoticePreview,
  ReceiverPage,
  ReceiverStatus,
} from '#wire';
import { request } from '../api.ts';

const at = '/api/notices';
const one = (id: string) => `${at}/${encodeURIComponent(id)}`;

export const notices = {
  list: (automatic: boolean, cursor: string | undefined, signal?: AbortSignal) =>
    request<NoticePage>(
      'GET',
      `${at}?${new URLSearchParams({ automatic: String(automatic), cursor: cursor ?? '' })}`,
      undefined,
      signal,
    ),
  choices: () => request<NoticeChoices>('GET', `${at}/choices`),
  look: (id: string, signal?: AbortSignal) => request<NoticeDetail>('GET', one(id), undefined, signal),
  make: (content: NewNotice) => request<NoticeDetail>('POST', at, content),
  change: (id: string, version: number, content: NewNotice) =>
    request<NoticeDetail>('PUT', one(id), { version, content }),
  act: (id: string, action: NoticeAction, version: number) =>
    request<NoticeDetail>('POST', `${one(id)}/${action}`, { version }),
  preview: (id: string, signal?: AbortSignal) => request<NoticePreview>('GET', `${one(id)}/preview`, undefined, signal),
  receivers: (id: string, status: ReceiverStatus | undefined, cursor: string | undefined, signal?: AbortSignal) =>
    request<ReceiverPage>(
      'GET',
      `${one(id)}/receivers?${new URLSearchParams({ status: status ?? '', cursor: cursor ?? '' })}`,
      undefined,
      signal,
    ),
  proof: (id: string) => `${one(id)}/proof`,
};

import './words.css';
import type { WorkOrder } from '#wire';
import { texts } from '../texts.ts';

export const titleOf = ({ type, intent, faultKind }: WorkOrder) =>
  faultKind && faultKind !== 'other' ? texts.faultKinds[faultKind] : (texts.businesses[intent] ?? texts.types[type]);

/** 138 0000 0017: read aloud and dialled in groups. */
export const spaced = (phone: string) => phone.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3');

export const StatusTag = ({ order }: { order: WorkOrder }) => (
  <span className={`status is-${order.status}`}>{texts.statuses[order.status]}</span>
);

const Mark = ({ kind = '', children }: { kind?: string; children: string }) => (
  <span className={`mark ${kind}`}>{children}</span>
);

/** What staff must not overlook before they call or drive. */
export function Marks({ order }: { order: WorkOrder }) {
  return (
    <>
      {order.marks.map((mark) => (
        <Mark key={mark} kind={mark === 'danger' ? 'is-danger' : ''}>
          {texts.marks[mark] ?? mark}
        </Mark>
      ))}
      {order.reminders > 0 && <Mark kind="is-reminded">{texts.order.reminded(order.reminders)}</Mark>}
      {order.anonymous && <Mark>{texts.order.anonymous}</Mark>}
    </>
  );
}

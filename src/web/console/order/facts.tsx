import './facts.css';
import { Typography } from 'antd';
import type { ReactNode } from 'react';
import type { WorkOrder } from '#wire';
import { texts } from '../texts.ts';
import { dayText, fullTime, startedText } from '../time.ts';
import { spaced } from './words.tsx';

const { fields } = texts;

const copyable = { tooltips: [texts.order.copy, texts.order.copied] };
const Copied = ({ children }: { children: string }) => (
  <Typography.Text copyable={copyable}>{children}</Typography.Text>
);

const located = ({ latitude, longitude }: WorkOrder) =>
  latitude !== undefined &&
  longitude !== undefined && <Copied>{`${latitude.toFixed(6)}, ${longitude.toFixed(6)}`}</Copied>;

const missing = <span className="missing">{texts.unknown}</span>;

/** Label and value; without a value the row is left out, unless its absence is news. */
interface Row {
  label: string;
  value: ReactNode;
  wide: boolean;
}

const row = (label: string, value: ReactNode): Row => ({ label, value, wide: false });
const wide = (label: string, value: ReactNode): Row => ({ label, value, wide: true });

function rows(order: WorkOrder): Row[] {
  return [
    wide(fields.description, order.description),
    wide(fields.address, order.address ? <Copied>{order.address}</Copied> : missing),
    wide(fields.location, located(order)),
    row(fields.name, order.name ?? (order.anonymous ? texts.order.anonymous : missing)),
    row(fields.phone, order.phone ? <a href={`tel:${order.phone}`}>{spaced(order.phone)}</a> : missing),
    wide(fields.accountNumber, order.accountNumber && <Copied>{order.accountNumber}</Copied>),
    row(fields.type, texts.types[order.type]),
    row(fields.business, texts.businesses[order.intent]),
    row(fields.faultKind, order.faultKind && texts.faultKinds[order.faultKind]),
    row(fields.startedAt, startedText(order)),
    row(fields.createdAt, fullTime(order.createdAt)),
    row(fields.grid, order.grid),
    row(fields.area, order.area),
    row(fields.household, order.household),
    row(fields.capacity, order.capacity && `${order.capacity.value} ${order.capacity.unit}`),
    ...Object.entries(order.facts).map(([label, value]) => wide(label, value)),
    row(fields.answerBy, order.answerBy && dayText(order.answerBy)),
    row(fields.channel, texts.channels[order.channel] ?? order.channel),
    wide(fields.number, <Copied>{order.number}</Copied>),
  ];
}

export function Facts({ order }: { order: WorkOrder }) {
  const shown = rows(order).filter(({ value }) => value !== undefined && value !== false && value !== '');
  return (
    <section className="section">
      <h2>{texts.order.facts}</h2>
      <dl className="facts">
        {shown.map(({ label, value, wide }) => (
          <div key={label} className={wide ? 'is-wide' : ''}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

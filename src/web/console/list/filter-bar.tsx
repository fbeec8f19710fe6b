import './filter-bar.css';
import { SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { OrderType, WorkOrderSummary } from '#wire';
import { texts } from '../texts.ts';
import { type Filters, noFilters, type StatusFilter } from './filters.ts';

const words = texts.filters;
const typeOptions = Object.entries(texts.types).map(([value, label]) => ({ value: value as OrderType, label }));

interface Props {
  filters: Filters;
  summary?: WorkOrderSummary;
  onChange(filters: Filters): void;
}

const counts = (summary: WorkOrderSummary): Record<StatusFilter, number | undefined> => ({
  open: summary.accepted + summary.claimed,
  accepted: summary.accepted,
  claimed: summary.claimed,
  done: undefined,
  all: undefined,
});

function StatusTabs({ filters, summary, onChange }: Props) {
  const shown = summary && counts(summary);
  const options = Object.entries(words.status).map(([value, label]) => ({
    value: value as StatusFilter,
    label: (
      <span className="tab">
        {label}
        {shown?.[value as StatusFilter] !== undefined && <b className="tab-count">{shown[value as StatusFilter]}</b>}
      </span>
    ),
  }));
  return (
    <Segmented<StatusFilter>
      className="tabs"
      options={options}
      value={filters.status}
      onChange={(status) => onChange({ ...filters, status })}
    />
  );
}

const settleTime = 250;

/** Asks when the typing pauses, not at every key; a Chinese input method writes half words meanwhile. */
function Search({ filters, onChange }: Props) {
  const [typed, setTyped] = useState(filters.q);
  const [composing, setComposing] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the wait
  useEffect(() => {
    if (composing || typed === filters.q) return;
    const waiting = setTimeout(() => onChange({ ...filters, q: typed }), settleTime);
    return () => clearTimeout(waiting);
  }, [typed, composing]);
  useEffect(() => setTyped(filters.q), [filters.q]);
  return (
    <Input
      className="search"
      aria-label={words.search}
      placeholder={words.search}
      prefix={<SearchOutlined />}
      allowClear
      maxLength={64}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}

export function FilterBar(props: Props) {
  const { filters, onChange } = props;
  const narrowed = filters.types.length > 0 || filters.urgent || filters.mine || filters.q !== '';
  return (
    <search className="filters">
      <StatusTabs {...props} />
      <div className="filters-more">
        <Select<OrderType[]>
          className="types"
          mode="multiple"
          maxTagCount="responsive"
          allowClear
          showSearch={false}
          listHeight={320}
          aria-label={words.type}
          placeholder={words.type}
          options={typeOptions}
          value={filters.types}
          onChange={(types) => onChange({ ...filters, types })}
        />
        <Search {...props} />
        <Checkbox checked={filters.urgent} onChange={(event) => onChange({ ...filters, urgent: event.target.checked })}>
          {words.urgent}
        </Checkbox>
        <Checkbox checked={filters.mine} onChange={(event) => onChange({ ...filters, mine: event.target.checked })}>
          {words.mine}
        </Checkbox>
        {narrowed && (
          <Button type="link" size="small" onClick={() => onChange({ ...noFilters, status: filters.status })}>
            {words.clear}
          </Button>
        )}
      </div>
    </search>
  );
}

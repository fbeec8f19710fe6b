import { DeleteOutlined, EditOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Checkbox, Empty, Input, Pagination, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import type { Refusal, StudioIntentDetail, StudioUtterance } from '#wire';
import { Refusals } from './refusals.tsx';
import { refusedOf, studio, type Wanted } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useSettled } from './use-settled.ts';
import { useWork } from './use-work.ts';

interface Props {
  detail: StudioIntentDetail;
  wanted: Wanted;
  nameOf(user: string): string;
  onWanted(wanted: Wanted): void;
  onChanged(): void;
}

const said = words.intent;

interface LineProps {
  id: string;
  line: StudioUtterance;
  nameOf(user: string): string;
  onChanged(): void;
}

function Line({ id, line, nameOf, onChanged }: LineProps) {
  const [editing, setEditing] = useState(false);
  const { work } = useWork(onChanged);
  const { text, fresh, by } = line;
  async function remove() {
    if (await work(() => studio.drop(id, [text]), said.removed)) onChanged();
  }
  if (editing) return <EditLine id={id} text={text} onChanged={onChanged} onClose={() => setEditing(false)} />;
  return (
    <li className="line">
      <span className="line-text">{text}</span>
      {fresh && (
        <i className="tag is-fresh" title={by && said.by(nameOf(by))}>
          {said.fresh}
        </i>
      )}
      <span className="line-tools">
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          aria-label={`${said.edit} ${text}`}
          onClick={() => setEditing(true)}
        />
        <Popconfirm title={said.removeSure} onConfirm={remove} okText={said.remove} cancelText={said.cancel}>
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${said.remove} ${text}`} />
        </Popconfirm>
      </span>
    </li>
  );
}

function EditLine({ id, text, onChanged, onClose }: { id: string; text: string; onChanged(): void; onClose(): void }) {
  const [typed, setTyped] = useState(text);
  const [refused, setRefused] = useState<Refusal[]>([]);
  const { busy, work } = useWork(onChanged);
  async function save() {
    const to = typed.replace(/\s+/g, ' ').trim();
    if (!to || to === text) return onClose();
    const done = await work(
      () => studio.edit(id, text, to),
      said.saved,
      (fault) => {
        setRefused(refusedOf(fault));
        return refusedOf(fault).length > 0;
      },
    );
    if (!done) return;
    onClose();
    onChanged();
  }
  return (
    <li className="line is-edited">
      <Input.TextArea
        className="grows"
        rows={1}
        autoFocus
        maxLength={500}
        aria-label={said.edit}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault();
          void save();
        }}
      />
      <Button size="small" onClick={onClose}>
        {said.cancel}
      </Button>
      <Button size="small" type="primary" loading={busy} onClick={save}>
        {said.save}
      </Button>
      {refused.length > 0 && <Refusals refused={refused} rest={0} />}
    </li>
  );
}

export function Lines({ detail, wanted, nameOf, onWanted, onChanged }: Props) {
  const { typed, settled, input } = useSettled();
  const { intent, items, total, page, pageSize } = detail;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed asks anew
  useEffect(() => {
    if (settled !== wanted.q) onWanted({ ...wanted, q: settled, page: 1 });
  }, [settled]);
  return (
    <div className="lines">
      <div className="lines-tools">
        <Input
          {...input}
          aria-label={said.search}
          placeholder={said.search}
          prefix={<SearchOutlined />}
          allowClear
          maxLength={64}
          value={typed}
        />
        <Checkbox
          checked={wanted.fresh}
          onChange={(event) => onWanted({ ...wanted, fresh: event.target.checked, page: 1 })}
        >
          {said.onlyFresh}
        </Checkbox>
        <span className="lines-total">{words.list.count(total)}</span>
      </div>
      {items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={said.none} />}
      <ul>
        {items.map((line) => (
          <Line key={line.text} id={intent.id} line={line} nameOf={nameOf} onChanged={onChanged} />
        ))}
      </ul>
      {total > pageSize && (
        <Pagination
          align="center"
          size="small"
          current={page}
          pageSize={pageSize}
          total={total}
          showSizeChanger={false}
          onChange={(next) => onWanted({ ...wanted, page: next })}
        />
      )}
    </div>
  );
}

import './intent-drawer.css';
import { CloseOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Drawer, Input, Popconfirm, Skeleton } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import type { StudioIntentDetail } from '#wire';
import { Problem } from '../api.ts';
import { texts } from '../texts.ts';
import { AddLines } from './add-lines.tsx';
import { AnswerText } from './answer-text.tsx';
import { Lines } from './lines.tsx';
import { faultWords, studio, type Wanted } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  id: string;
  nameOf(user: string): string;
  onChanged(): void;
  onClose(): void;
}

const said = words.intent;
const all: Wanted = { q: '', fresh: false, page: 1 };

function useIntent(id: string) {
  const [wanted, setWanted] = useState(all);
  const [detail, setDetail] = useState<StudioIntentDetail>();
  const [fault, setFault] = useState<unknown>();
  const load = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setDetail(await studio.intent(id, wanted, signal));
        setFault(undefined);
      } catch (problem) {
        if (!signal?.aborted) setFault(problem);
      }
    },
    [id, wanted],
  );
  useEffect(() => {
    const reading = new AbortController();
    void load(reading.signal);
    return () => reading.abort();
  }, [load]);
  return { detail, fault, wanted, setWanted, load };
}

function Name({ detail, onChanged }: { detail: StudioIntentDetail; onChanged(): void }) {
  const { id, name } = detail.intent;
  const [typed, setTyped] = useState<string>();
  const { busy, work } = useWork(onChanged);
  async function save() {
    const to = typed?.trim();
    const done = to && to !== name && (await work(() => studio.change(id, { name: { from: name, to } }), said.saved));
    if (done) onChanged();
    if (done || to === name) setTyped(undefined);
  }
  if (typed === undefined)
    return (
      <span className="intent-title">
        <b>{name}</b>
        <code className="intent-id">{id}</code>
        <Button
          type="text"
          size="small"
          icon={<EditOutlined />}
          aria-label={said.rename}
          onClick={() => setTyped(name)}
        />
      </span>
    );
  return (
    <span className="intent-title">
      <Input
        value={typed}
        maxLength={24}
        autoFocus
        aria-label={said.name}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={save}
      />
      <Button type="primary" size="small" loading={busy} onClick={save}>
        {said.save}
      </Button>
      <Button size="small" onClick={() => setTyped(undefined)}>
        {said.cancel}
      </Button>
    </span>
  );
}

function Fault({ fault, onRetry, onClose }: { fault: unknown; onRetry(): void; onClose(): void }) {
  const missing = fault instanceof Problem && fault.status === 404;
  return (
    <div className="drawer-fault">
      <p>{missing ? said.missing : `${said.failed}：${faultWords(fault)}`}</p>
      <Button type="primary" onClick={missing ? onClose : onRetry}>
        {missing ? said.back : texts.retry}
      </Button>
    </div>
  );
}

function RemoveIntent({ id, onRemoved }: { id: string; onRemoved(): void }) {
  const { busy, work } = useWork();
  async function remove() {
    if (await work(() => studio.remove(id), said.removed)) onRemoved();
  }
  return (
    <div className="drawer-actions">
      <Popconfirm title={said.removeIntentSure} onConfirm={remove} okText={said.remove} cancelText={said.cancel}>
        <Button danger loading={busy}>
          {said.removeIntent}
        </Button>
      </Popconfirm>
    </div>
  );
}

/** One intent: its name, its answer, and how people say it. */
export default function IntentDrawer({ id, nameOf, onChanged, onClose }: Props) {
  const { detail, fault, wanted, setWanted, load } = useIntent(id);
  const changed = () => {
    void load();
    onChanged();
  };
  const removed = () => {
    onClose();
    onChanged();
  };
  return (
    <Drawer
      open
      rootClassName="studio-drawer"
      size={760}
      title={detail ? <Name detail={detail} onChanged={changed} /> : id}
      closeIcon={<CloseOutlined aria-label={said.close} />}
      onClose={onClose}
      footer={detail && !detail.intent.shipped ? <RemoveIntent id={id} onRemoved={removed} /> : null}
    >
      {detail && (
        <>
          <AnswerText key={detail.answer} detail={detail} onChanged={changed} />
          <h2>{said.lines}</h2>
          <AddLines id={id} onChanged={changed} />
          <Lines detail={detail} wanted={wanted} nameOf={nameOf} onWanted={setWanted} onChanged={changed} />
        </>
      )}
      {!detail && fault !== undefined && <Fault fault={fault} onRetry={() => void load()} onClose={onClose} />}
      {!detail && fault === undefined && <Skeleton active paragraph={{ rows: 10 }} />}
    </Drawer>
  );
}

import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import type { StudioState, StudioVersion } from '#wire';
import { studio } from './studio-api.ts';
import { words } from './studio-texts.ts';
import { useWork } from './use-work.ts';

interface Props {
  version: StudioVersion;
  current: number;
  onState(state: StudioState): void;
  onConflict(): void;
  onClose(): void;
}

const said = words.versions;
/** So much worse that one should look before publishing; with few tests a point or two is chance. */
const muchWorse = 0.1;

/** The last look before customers meet a version, also an earlier one. */
export function PublishDialog({ version, current, onState, onConflict, onClose }: Props) {
  const [note, setNote] = useState('');
  const { busy, work } = useWork(onConflict);
  const back = version.number < current;
  const worse = version.report?.intents.filter(({ before, after }) => before - after > muchWorse).length ?? 0;
  async function publish() {
    const state = await work(() => studio.publish(version.number, { current, note: note.trim() }), said.published);
    if (state) onState(state);
    onClose();
  }
  return (
    <Modal
      open
      title={(back ? said.backTitle : said.publishTitle)(words.version(version.number))}
      okText={back ? said.back : said.publish}
      cancelText={words.intent.cancel}
      confirmLoading={busy}
      onOk={publish}
      onCancel={onClose}
    >
      <div className="publish">
        <p>{back ? said.backWhat : said.publishWhat}</p>
        {!back && worse > 0 && <Alert type="warning" showIcon title={said.worse(worse)} />}
        <label htmlFor="publish-note">{said.note}</label>
        <Input.TextArea
          id="publish-note"
          rows={3}
          maxLength={200}
          showCount
          placeholder={said.notePlaceholder}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Modal>
  );
}

import { Alert, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { NoticePreview } from '#wire';
import { wordsOf } from '../api.ts';
import { words } from './notice-texts.ts';
import { notices } from './notices-api.ts';

/** What some of the receivers would read: looked at once their number is known. */
export function Preview({ id, version, counted }: { id: string; version: number; counted: boolean }) {
  const [preview, setPreview] = useState<NoticePreview>();
  const [fault, setFault] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is a new preview
  useEffect(() => {
    if (!counted) return undefined;
    const asking = new AbortController();
    notices.preview(id, asking.signal).then(setPreview, (problem) => !asking.signal.aborted && setFault(problem));
    return () => asking.abort();
  }, [id, version, counted]);
  return (
    <>
      <h2>{words.preview}</h2>
      <p className="soft">{words.previewHint}</p>
      {fault !== undefined && <Alert type="warning" showIcon title={wordsOf(fault)} />}
      {!preview && !fault && (counted ? <Skeleton active /> : <p className="soft">{words.previewNone}</p>)}
      <ul className="samples">
        {preview?.samples.map(({ channel, accounts, text }) => (
          <li key={`${channel} ${accounts.join()} ${text}`}>
            <span className="soft">
              {words.channels[channel] ?? channel} · {accounts.join('、') || words.noAccount}
            </span>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

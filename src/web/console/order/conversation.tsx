import './conversation.css';
import { EnvironmentOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import type { TranscriptLine } from '#wire';
import { texts } from '../texts.ts';
import { clockTime, fullTime, isToday } from '../time.ts';
import { Photo } from './photos.tsx';

function Line({ line, previous }: { line: TranscriptLine; previous?: TranscriptLine }) {
  const gap = !previous || Date.parse(line.at) - Date.parse(previous.at) > 5 * 60_000;
  const time = isToday(line.at, Date.now()) ? clockTime(line.at) : fullTime(line.at);
  return (
    <>
      {gap && <li className="said-time">{time}</li>}
      <li className={`said is-${line.role}${!gap && previous?.role === line.role ? ' is-more' : ''}`}>
        <span className="said-by">{texts.say[line.role]}</span>
        <div className="said-words">
          {line.text && <p title={time}>{line.text}</p>}
          {line.images.map((image) => (
            <Photo key={image.id} {...image} size={132} />
          ))}
          {line.location && (
            <p className="said-place">
              <EnvironmentOutlined />
              {line.location.label ?? texts.order.mapLabel} {line.location.latitude.toFixed(5)},{' '}
              {line.location.longitude.toFixed(5)}
            </p>
          )}
        </div>
      </li>
    </>
  );
}

/** What was said, as in the customer's window; the customer's words stand on the left, ours on the right. */
export function Conversation({ lines, sealed }: { lines: readonly TranscriptLine[]; sealed: boolean }) {
  const end = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest words are what changed
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight;
  }, [lines.length]);
  return (
    <section className="conversation">
      <h2>{texts.order.conversation}</h2>
      {lines.length === 0 && (
        <p className="missing">{sealed ? texts.order.sealedConversation : texts.order.noConversation}</p>
      )}
      <ol ref={end}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
          <Line key={index} line={line} previous={lines[index - 1]} />
        ))}
      </ol>
    </section>
  );
}

import './progress.css';
import type { CloseOrder, WorkOrderEvent } from '#wire';
import { texts } from '../texts.ts';
import { shortTime, useNow } from '../time.ts';

/** A closing note begins with its outcome, `restored: …`. */
function noteText({ kind, note }: WorkOrderEvent): string | undefined {
  if (kind !== 'closed' || !note) return note;
  const [outcome = '', ...rest] = note.split(': ');
  const known = texts.outcomes[outcome as CloseOrder['outcome']] as string | undefined;
  return known ? [known, ...(rest.length ? [rest.join(': ')] : [])].join(' · ') : note;
}

export function Progress({
  events,
  names,
}: {
  events: readonly WorkOrderEvent[];
  names: Readonly<Record<string, string>>;
}) {
  const now = useNow();
  return (
    <section className="section">
      <h2>{texts.order.progress}</h2>
      <ol className="progress">
        {events.map((event) => (
          <li key={`${event.at} ${event.kind}`} className={`is-${event.kind}`}>
            <b>{texts.events[event.kind] ?? event.kind}</b>
            <span>{texts.actors[event.actor] ?? names[event.actor] ?? event.actor}</span>
            <time dateTime={event.at}>{shortTime(event.at, now)}</time>
            {noteText(event) && <p>{noteText(event)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

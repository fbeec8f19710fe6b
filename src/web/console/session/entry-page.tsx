import './entry.css';
import type { ReactNode } from 'react';
import icon from '../icon.svg';
import { texts } from '../texts.ts';

/** What is seen before the desk: a card beside what the desk is for. */
export function EntryPage({ title, subtitle, children }: { title: string; subtitle: string; children: ReactNode }) {
  return (
    <main className="entry">
      <aside className="entry-aside" aria-hidden="true">
        <p className="entry-hint">{texts.signIn.hint}</p>
        <ul>
          {texts.signIn.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </aside>
      <section className="entry-card">
        <img src={icon} alt="" width="48" height="48" />
        <h1>{title}</h1>
        <p className="entry-subtitle">{subtitle}</p>
        {children}
      </section>
    </main>
  );
}

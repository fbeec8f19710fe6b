import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext as Context, ResourceResponse } from 'botbuilder-core';
import { BotAdapter, TurnContext } from './framework.ts';

/**
 * The Bot Framework's side of a turn: middleware runs, activities get their addressing. Nothing is sent from here: what the bot
 * says is kept until the turn is committed, then the channels carry it.
 */
export class TurnAdapter extends BotAdapter {
  /** Runs `logic` on `activity` and answers what it said, ready to be stored. */
  async collect(activity: Activity, logic: (context: Context) => Promise<void>): Promise<Activity[]> {
    const context = new TurnContext(this, activity);
    const outgoing: Activity[] = [];
    context.turnState.set(outbox, outgoing);
    await this.runMiddleware(context, logic);
    return outgoing;
  }

  override async sendActivities(context: Context, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const outgoing = context.turnState.get<Activity[]>(outbox) ?? [];
    return activities.map((activity) => {
      const id = activity.id ?? randomUUID();
      outgoing.push({ ...activity, id } as Activity);
      return { id };
    });
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('What was said stays said: GridTalk stores activities append-only.'));
  }

  override deleteActivity(): Promise<void> {
    return this.updateActivity();
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('Proactive messages go through delivery, not through the adapter.'));
  }

  override continueConversationAsync(): Promise<void> {
    return this.continueConversation();
  }
}

const outbox = Symbol('outgoing');

import { addsFact } from './add.ts';
import { callPerson, formOn, type Scene, say, signsOf } from './scene.ts';

/** Since when this conversation waits for a person who has not come yet. */
export async function awaitedSince({ parts, conversation }: Scene): Promise<number | undefined> {
  const row = await parts.storage.db
    .selectFrom('handoff')
    .select('created_at')
    .where('conversation_id', '=', conversation.id)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  return row?.created_at;
}

/**
 * What is told to the person who was called and has not come yet: «人呢» (sign `awaits` of the intent that calls one), or a bare phone or
 * name, which goes on with the summary. False where nobody was called, or it is something else.
 */
export async function tellPerson(scene: Scene): Promise<boolean> {
  const { parts, draft } = scene;
  const [caller] = [...parts.intents].find(([, { signs }]) => signs.awaits !== undefined) ?? [];
  if (formOn(scene) || caller === undefined) return false;
  const asks = signsOf(scene, caller).includes('awaits');
  const fact = !asks && addsFact(scene);
  const since = asks || fact ? await awaitedSince(scene) : undefined;
  // An order that was filed later is what «人呢» and a phone are about.
  if (since === undefined || (draft.state.lastOrder?.at ?? 0) > since) return false;
  callPerson(scene, 'asked');
  say(scene, caller, asks ? 'again' : 'told');
  return true;
}

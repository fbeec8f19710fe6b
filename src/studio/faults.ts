import { badRequest, conflict, GridTalkError, notFound } from '#errors';
import type { Refusal } from '#wire';

/** Lines that are there already; the page shows each with the intent that has it. */
export class LinesRefused extends GridTalkError {
  readonly refused: readonly Refusal[];

  constructor(refused: readonly Refusal[]) {
    const [first] = refused;
    const rest = refused.length > 1 ? ` and ${refused.length - 1} more lines are there too` : '';
    const how = first?.why === 'same' ? 'is already an utterance of' : `is nearly «${first?.other}», an utterance of`;
    super(
      'UtterancesRefused',
      409,
      `«${first?.text}» ${how} ${first?.intent} (${first?.name})${rest}; nothing was changed.`,
      'Leave them out, or remove them from the other intent first.',
    );
    this.refused = refused;
  }
}

export const unknownIntent = (id: string) =>
  notFound(`There is no intent ${id}.`, 'GET /api/studio/intents lists them.', 'UnknownIntent');

export const intentTaken = (id: string) =>
  conflict(`There is an intent ${id} already.`, 'Choose another id, or add to that one.', 'IntentTaken');

export const nameTaken = (name: string, id: string) =>
  conflict(
    `The intent ${id} is called ${name} already.`,
    'Choose a name that customers can tell from it.',
    'NameTaken',
  );

export const reservedFamily = (id: string) =>
  badRequest(
    `${id} is of the family control, which steers the conversation itself.`,
    'Choose another family.',
    'Reserved',
  );

export const shippedIntent = (id: string) =>
  conflict(`${id} is shipped and can't be removed.`, 'Only intents made in the studio can.', 'ShippedIntent');

export const answeredByDialog = (id: string) =>
  conflict(`${id} has no answer text: a dialog answers it.`, 'Its texts are in locales/.', 'AnsweredByDialog');

export const changedMeanwhile = (what: string) =>
  conflict(`${what} was changed by someone else meanwhile; nothing was changed.`, 'Load it again.', 'ChangedMeanwhile');

export const tooFew = (id: string, fewest: number) =>
  conflict(`${id} would be left with fewer than ${fewest} utterances.`, 'Add others first.', 'TooFewUtterances');

export const trainingAlready = (by: string) =>
  conflict(`A training that ${by} started is running.`, 'Wait until it is over.', 'TrainingAlready');

export const nothingToTrain = () =>
  conflict('Nothing has changed since the last training.', 'Change something first.', 'NothingToTrain');

export const unknownVersion = (number: string) =>
  notFound(`There is no version ${number}.`, 'GET /api/studio/versions lists them.', 'UnknownVersion');

export const notPublishable = (number: number) =>
  conflict(`Version ${number} has no model that can be used.`, 'Train again and publish that.', 'NotPublishable');

export const publishedAlready = (number: number) =>
  conflict(`Version ${number} is the published one.`, 'There is nothing to do.', 'PublishedAlready');

import { z } from 'zod';
import { demoBackend } from '#backends';
import { badRequest } from '#errors';
import { readEntities } from '#nlu';
import { shippedModel } from '../understanding.ts';
import { answerLines } from './lines.ts';

const Request = z.object({ text: z.string(), now: z.iso.datetime({ offset: true }).optional() });

/** One line, one recognition; nothing is kept between lines. */
export async function classify(root: string): Promise<void> {
  const model = shippedModel(root);
  const gazetteer = await demoBackend(() => new Date()).directory.gazetteer();
  await answerLines((line) => {
    const request = Request.safeParse(line);
    if (!request.success)
      throw badRequest(z.prettifyError(request.error), 'Send {"text", "now"?: ISO 8601 with offset}.');
    const { text, now } = request.data;
    const { intent, confidence, inScope, alternatives } = model.recognise(text);
    return {
      intent,
      confidence,
      inScope,
      alternatives,
      entities: readEntities(text, now ?? new Date(), { gazetteer }),
    };
  });
}

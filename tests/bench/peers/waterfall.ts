import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConversationState, MemoryStorage } from 'botbuilder';
import {
  ConfirmPrompt,
  DialogSet,
  DialogTurnStatus,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { serveBot } from './serve.ts';

/** The same four turns of a fault report as botbuilder's own dialogs, with its state in memory: nothing survives a restart. */
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const conversation = new ConversationState(new MemoryStorage());
const dialogs = new DialogSet(conversation.createProperty('dialogs'));
dialogs.add(new TextPrompt('text')).add(new ConfirmPrompt('confirm', undefined, 'zh-cn'));
const keep = (name: string) => (step: WaterfallStepContext<Record<string, unknown>>) => {
  (step.values as Record<string, unknown>)[name] = step.result;
};
dialogs.add(
  new WaterfallDialog('fault', [
    (step) => step.prompt('text', '请问是哪里？'),
    (step) => {
      keep('address')(step);
      return step.prompt('text', '请留一个联系电话。');
    },
    (step) => {
      keep('phone')(step);
      return step.prompt('confirm', '请核对。');
    },
    async (step) => {
      await step.context.sendActivity('报修已受理。');
      return step.endDialog();
    },
  ]),
);
serveBot(adapter, async (context) => {
  const dialog = await dialogs.createContext(context);
  const { status } = await dialog.continueDialog();
  if (status === DialogTurnStatus.empty) await dialog.beginDialog('fault');
  await conversation.saveChanges(context);
});

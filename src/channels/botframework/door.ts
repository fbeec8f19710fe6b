import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type ConversationReference,
  TurnContext,
} from 'botbuilder';
import type {
  AuthenticateRequestResult,
  ConnectorClient,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { BotFrameworkSettings } from '#config';
import { GridTalkError, unauthorized } from '#errors';
import type { Log } from '#log';
import { type Endpoints, endpointsOf } from './clouds.ts';

export interface DoorParts {
  settings: BotFrameworkSettings;
  log: Log;
  /** Of another cloud than the settings name. */
  endpoints?: Endpoints;
  /** What signs our own calls, where it is not the app's password. */
  credentials?: ServiceClientCredentialsFactory;
}

/** Shorter than the outbox's lease allows for. */
const patience = 5000;

/** The Bot Framework's side: who may come in, and how a message goes out. Loaded only where the channel is on. */
export class Door extends CloudAdapter {
  readonly #log: Log;
  readonly #appId: string;

  constructor({ settings, log, endpoints = endpointsOf(settings), credentials }: DoorParts) {
    super(authentication(settings, endpoints, credentials));
    this.#log = log;
    this.#appId = settings.is === 'registered' ? settings.appId : '';
  }

  /** Runs `logic` for an activity that is really of the channel it names; answers the body of the HTTP answer. @throws Unauthorized */
  async hear(
    activity: Activity,
    authorization: string,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<unknown> {
    const admitted = await this.#admit(activity, authorization);
    const answer = await this.processActivity(admitted, activity, logic);
    return answer?.body;
  }

  /** Of our own accord, to a conversation that we know. @throws the connector's error, with `statusCode` where there was an answer */
  async send(reference: Partial<ConversationReference>, said: Partial<Activity>): Promise<void> {
    await this.continueConversationAsync(this.#appId, reference, async (context) => {
      const connector: ConnectorClient = context.turnState.get(this.ConnectorClientKey);
      const activity = TurnContext.applyConversationReference(
        { ...said },
        { ...reference, activityId: said.replyToId },
      );
      const conversationId = reference.conversation?.id ?? '';
      const options = { abortSignal: AbortSignal.timeout(patience) };
      if (said.replyToId)
        await connector.conversations.replyToActivity(conversationId, said.replyToId, activity, options);
      else await connector.conversations.sendToConversation(conversationId, activity, options);
    });
  }

  async #admit(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    try {
      // Of a device in a utility's own rack; its tokens vouch for no address to answer to.
      if (activity.channelId === 'AseChannel') throw new Error('AseChannel is not supported.');
      return await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    } catch (fault) {
      if (isOutOfReach(fault)) {
        this.#log.error({ fault }, 'Microsoft’s signing keys could not be fetched: check that this machine reaches it');
        throw new GridTalkError('KeysUnavailable', 503, 'The signing keys can’t be read now.', 'Send it again later.');
      }
      // Whatever else is wrong with a token, it is the caller's; who guesses learns nothing from the answer.
      this.#log.warn({ fault, channel: activity.channelId }, 'a call of /api/messages was refused');
      throw unauthorized('This is not a call of the bot’s channels.', 'Check the app id on both sides.');
    }
  }
}

function authentication(
  settings: BotFrameworkSettings,
  endpoints?: Endpoints,
  given?: ServiceClientCredentialsFactory,
) {
  if (settings.is === 'development') return new ConfigurationBotFrameworkAuthentication({});
  const app = {
    MicrosoftAppId: settings.appId,
    MicrosoftAppPassword: settings.password,
    MicrosoftAppType: settings.tenantId ? 'SingleTenant' : 'MultiTenant',
    ...(settings.tenantId && { MicrosoftAppTenantId: settings.tenantId }),
  };
  const credentials = given ?? new ConfigurationServiceClientCredentialFactory(app);
  return new ConfigurationBotFrameworkAuthentication({ ...app, ...endpoints }, credentials);
}

/** A fault of the way to Microsoft, not of the caller. */
function isOutOfReach(fault: unknown): boolean {
  const { name, statusCode } = fault as { name?: string; statusCode?: number };
  return name === 'FetchError' || (statusCode ?? 0) >= 500;
}

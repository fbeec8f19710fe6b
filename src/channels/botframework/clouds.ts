import type { BotFrameworkSettings } from '#config';

/** Addresses of one of Microsoft's clouds, in botbuilder's own names; all of them or none. */
export interface Endpoints {
  ToChannelFromBotLoginUrl: string;
  ToChannelFromBotOAuthScope: string;
  ToBotFromChannelTokenIssuer: string;
  OAuthUrl: string;
  ToBotFromChannelOpenIdMetadataUrl: string;
  ToBotFromEmulatorOpenIdMetadataUrl: string;
  ValidateAuthority: boolean;
}

/** Azure operated by 21Vianet, as learn.microsoft.com/azure/bot-service/how-to-deploy-china-cloud gives them (read November 2026). */
const china = (tenantId: string): Endpoints => ({
  ToChannelFromBotLoginUrl: `https://login.partner.microsoftonline.cn/${tenantId}`,
  ToChannelFromBotOAuthScope: 'https://api.botframework.azure.cn',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.azure.cn',
  OAuthUrl: 'https://token.botframework.azure.cn/',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
  ToBotFromEmulatorOpenIdMetadataUrl:
    'https://login.partner.microsoftonline.cn/a55a4d5b-9241-49b1-b4ff-befa8db00269/v2.0/.well-known/openid-configuration',
  ValidateAuthority: true,
});

/** None for the public cloud, which botbuilder knows by itself. */
export function endpointsOf(settings: BotFrameworkSettings): Endpoints | undefined {
  if (settings.is !== 'registered' || settings.cloud !== 'china') return undefined;
  return china(settings.tenantId ?? '');
}

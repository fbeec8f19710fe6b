import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder-core';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const appId = '11111111-2222-4333-8444-555555555555';
const issuer = 'https://api.botframework.com';

/** What arrived at the connector, with the path that it came by. */
export interface Delivered {
  path: string;
  authorization: string | undefined;
  activity: Partial<Activity>;
}

export type Microsoft = Awaited<ReturnType<typeof openMicrosoft>>;

/** Microsoft's side on loopback: the keys that its tokens are signed with, and the connector of a channel. */
export async function openMicrosoft() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const strangers = await generateKeyPair('RS256');
  const jwk = {
    ...(await exportJWK(publicKey)),
    kid: 'one',
    use: 'sig',
    endorsements: ['emulator', 'msteams', 'webchat'],
  };
  const delivered: Delivered[] = [];
  const waiting: (() => void)[] = [];
  /** Statuses that the connector answers instead of taking what comes. */
  const refusals: number[] = [];
  let keysAreThere = true;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (!keysAreThere && !path.startsWith('/v3')) return void send(503, {});
    if (path === '/metadata') {
      const jwks_uri = `${url}/keys`;
      return void send(200, { issuer, jwks_uri, id_token_signing_alg_values_supported: ['RS256'] });
    }
    if (path === '/keys') return void send(200, { keys: [jwk] });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const refusal = refusals.shift();
    if (refusal) return void send(refusal, { error: { code: 'Refused', message: 'not now' } });
    const activity = JSON.parse(Buffer.concat(chunks).toString());
    delivered.push({ path, authorization: request.headers.authorization, activity });
    send(200, { id: `sent-${delivered.length}` });
    for (const tell of waiting.splice(0)) tell();
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const token = (
    claims: Record<string, unknown> = {},
    { kid = 'one', key = privateKey, expires = '1h' as string | number } = {},
  ) =>
    new SignJWT({ serviceurl: `${url}/`, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid })
      .setIssuer(String(claims.iss ?? issuer))
      .setAudience(String(claims.aud ?? appId))
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);

  return {
    url,
    delivered,
    refusals,
    token,
    strangersKey: strangers.privateKey,
    hideKeys(hidden: boolean) {
      keysAreThere = !hidden;
    },
    /** Settles once so many messages have arrived in all. */
    async arrived(count: number): Promise<void> {
      while (delivered.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    /** One message as a channel sends it. */
    message: (text: string, more: Record<string, unknown> = {}) => ({
      type: 'message',
      id: `activity-${Math.random().toString(36).slice(2)}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: `${url}/`,
      conversation: { id: 'a:conversation', conversationType: 'personal', tenantId: 't-1' },
      from: { id: '29:customer', name: '张伟', aadObjectId: 'aad-1' },
      recipient: { id: '28:bot', name: '电语' },
      text,
      locale: 'zh-CN',
      ...more,
    }),
    endpoints: {
      ToChannelFromBotLoginUrl: `${url}/login`,
      ToChannelFromBotOAuthScope: issuer,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: `${url}/oauth`,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/metadata`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/metadata`,
      ValidateAuthority: false,
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

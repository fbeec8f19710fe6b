import { GridTalkError } from '#errors';

/** The URL is not named: it may hold a password. */
export function clusterUnavailable(error: unknown): GridTalkError {
  if (error instanceof GridTalkError) return error;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return new GridTalkError(
    'ClusterUnavailable',
    503,
    `Redis, which the replicas share, does not answer: ${reason}.`,
    'Check that it runs and that REDIS_URL is right; GridTalk connects again by itself. The request may be repeated.',
  );
}

export const clusterClosed = () =>
  new GridTalkError('ClusterClosed', 503, 'This replica is stopping.', 'Repeat the request; another replica takes it.');

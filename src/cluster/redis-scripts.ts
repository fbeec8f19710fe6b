import type { Redis, Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    turnEnter(line: string, ticket: string, replica: string, prefix: string, lease: number): Result<0 | 1, Context>;
    turnLeave(
      line: string,
      ticket: string,
      replica: string,
      prefix: string,
      lease: number,
    ): Result<string | null, Context>;
    countWindow(key: string, milliseconds: number): Result<number, Context>;
  }
}

/*
 * A key's line is a list of tickets «replica:number», the first of which has its turn. A replica is alive while its key
 * exists; tickets of dead ones are dropped when they stand in front. Scripts may be sent twice: entering again keeps the
 * place, leaving again does nothing. (Keys are made inside the script, so this wants one Redis, not Redis Cluster.)
 */
const line = `
local ticket, replica, prefix, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local function owner(each) return string.match(each, '^[^:]+') end
local function alive(who) return prefix .. 'alive:' .. who end
local function front()
  local first = redis.call('LINDEX', KEYS[1], 0)
  while first and redis.call('EXISTS', alive(owner(first))) == 0 do
    redis.call('LPOP', KEYS[1])
    first = redis.call('LINDEX', KEYS[1], 0)
  end
  return first
end
local function call(first)
  redis.call('PUBLISH', prefix .. 'turn:' .. owner(first), first)
end
redis.call('SET', alive(replica), '1', 'PX', lease)
`;

/** Takes a place, or asks after it: 1 if it is this ticket's turn. A line that everybody died out of is gone after a day. */
const turnEnter = `${line}
if not redis.call('LPOS', KEYS[1], ticket) then redis.call('RPUSH', KEYS[1], ticket) end
redis.call('EXPIRE', KEYS[1], 86400)
local before = redis.call('LINDEX', KEYS[1], 0)
local first = front()
if first == ticket then return 1 end
if first ~= before then call(first) end
return 0
`;

/** Gives the place up: answers the next ticket if it is this replica's own, else calls the replica whose it is. */
const turnLeave = `${line}
redis.call('LREM', KEYS[1], 0, ticket)
local first = front()
if not first then return nil end
if owner(first) == replica then return first end
call(first)
return nil
`;

const countWindow = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return count
`;

export function defineScripts(redis: Redis): void {
  redis.defineCommand('turnEnter', { numberOfKeys: 1, lua: turnEnter });
  redis.defineCommand('turnLeave', { numberOfKeys: 1, lua: turnLeave });
  redis.defineCommand('countWindow', { numberOfKeys: 1, lua: countWindow });
}

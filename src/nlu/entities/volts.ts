import { numbersIn } from './numbers.ts';
import type { FaultKind } from './types.ts';

const UNIT = /^ ?(?:多|来|几)?(?:个)?(?:v(?![a-z])|伏(?!安))/;
const NO_VOLTS = /^ ?(?:多|来|几)?(?:k|千|万|百|度|元|块|号|安|a|瓦|w|天|年|月|日|点|次|户|小时|分|个)/;
const MEASURED = /(?:电压|测|量|打)[^，。！!；;]{0,10}$/;
const LOWEST = 198;
const HIGHEST = 236;
/** What is right between two phases is far too much for a lamp. */
const BETWEEN_PHASES = [342, 408] as const;

/** What a meter read at the socket: 220 V, 7 % more and 10 % less are as they should be. */
export function voltageTold(text: string): FaultKind | undefined {
  if (!/伏|v|电压|[测量]/.test(text)) return undefined;
  for (const { value, start, end } of numbersIn(text)) {
    const before = text.slice(Math.max(0, start - 12), start);
    const after = text.slice(end, end + 6);
    const volts =
      UNIT.test(after) ||
      (/电压/.test(text) && MEASURED.test(before) && !NO_VOLTS.test(after)) ||
      isSocket(before, after);
    if (!volts || value < 40) continue;
    if (value < LOWEST) return 'low_voltage';
    if (value > HIGHEST && (value < BETWEEN_PHASES[0] || isPhaseToPhase(value, before, text))) return 'high_voltage';
  }
  return undefined;
}

const isPhaseToPhase = (value: number, before: string, text: string) =>
  value > BETWEEN_PHASES[1]
    ? value < 450
    : /[测量变成][^，。]{0,8}$/.test(before) && /插座|家里|屋里|灯|单相|电器/.test(text) && !/三相|动力/.test(text);

const isSocket = (before: string, after: string) =>
  /(?:插座|家里|屋里|零火线?|火线零线|零线火线)[^，。]{0,6}$/.test(before) &&
  /[测量]|零/.test(before) &&
  !NO_VOLTS.test(after);

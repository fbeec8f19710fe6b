import type { Account, Backend, Outlet, Place } from '#backends';

export interface Question {
  method: string;
  url: URL;
  body: Record<string, unknown>;
  key: string;
}

interface Answer {
  status: number;
  body: unknown;
}

const ok = (data: unknown): Answer => ({ status: 200, body: { code: '0000', msg: 'ok', data } });
const none = (code = '4040'): Answer => ({ status: 200, body: { code, msg: '不存在', data: null } });

const codes = <Value extends string>(table: Record<string, Value>) => ({
  of: (value: string | undefined) => Object.keys(table).find((code) => table[code] === value),
  value: (code: unknown) => table[String(code)],
});
const kinds = codes({
  '201': 'residential',
  '202': 'shared',
  '203': 'ev_home',
  '301': 'agricultural',
  '401': 'commercial',
});
const provinces = codes({ '33': '浙江', '32': '江苏', '31': '上海', '44': '广东' });
const voltages = codes({ AC00: '<1kV', AC10: '1-10kV', AC35: '35kV' });
const business = codes({
  '101': 'service.new_connection',
  '102': 'service.capacity',
  '103': 'service.transfer',
  '104': 'service.close',
  '105': 'service.tou',
  '106': 'service.meter',
  '107': 'service.relocation',
  '108': 'service.ev_charger',
  '109': 'service.solar',
  '110': 'service.household',
});
const states = codes({ S: 'credited', P: 'processing', F: 'failed', R: 'refunded' });
const flags = codes({ '0': 'A', '1': 'E', '2': 'M', '3': 'S', '9': '-' });
const outageKinds = codes({ '1': 'planned', '2': 'temporary', '3': 'fault' });
const stages = codes({ '10': 'announced', '20': 'running', '21': 'delayed', '30': 'restored', '40': 'cancelled' });
const settings = codes({ C: 'urban', N: 'rural', B: 'remote' });
const sites = codes<Outlet['kind']>({ '01': 'hall', '02': 'bank', '03': 'agent', '04': 'charging' });

const payModes = { postpaid: '1', prepaid: '2' };
const fen = (yuan: string | undefined) => yuan && Math.round(Number(yuan) * 100);
const digits = (date: string | undefined) => date?.replaceAll('-', '');
const dashed = (text: unknown) =>
  String(text).replace(/^(\d{4})(\d{2})(\d{2})?$/, (_, y, m, d) => [y, m, d].filter(Boolean).join('-'));
const local = (instant: string | undefined) =>
  instant && new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

const consumer = (account: Account) => ({
  consNo: account.number,
  consName: account.name,
  mobile: account.phone,
  elecAddr: account.address,
  elecTypeCode: kinds.of(account.kind),
  tsFlag: account.pricing === 'flat' ? '0' : '1',
  tgName: account.area,
  provCode: provinces.of(account.region),
  voltCode: voltages.of(account.voltage),
  payMode: payModes[account.paying],
  familyNum: account.household?.toString() ?? null,
  lowIncomeFlag: account.lowIncome ? '1' : null,
  contractCap: account.capacityKva && Number(account.capacityKva),
  elecStatus: account.supply === 'on' ? '1' : '2',
});

const placeOf = ({ consNo, address, lat, lng }: Record<string, unknown>): Place => ({
  accountNumber: consNo as string | undefined,
  address: address as string | undefined,
  latitude: lat as number | undefined,
  longitude: lng as number | undefined,
});

type Handler = (utility: Backend, asked: Question & { parts: string[] }) => Promise<Answer>;

const known =
  (handler: (utility: Backend, number: string, asked: Parameters<Handler>[1]) => Promise<unknown>): Handler =>
  async (utility, asked) => {
    const number = asked.url.searchParams.get('consNo') ?? (asked.body.consNo as string) ?? asked.parts[0] ?? '';
    if (!(await utility.accounts.find(number))) return none();
    return ok({ consNo: number, ...((await handler(utility, number, asked)) as object) });
  };

const handlers: [string, RegExp, Handler][] = [
  [
    'GET',
    /^\/crm\/v2\/consumers\/(\d+)$/,
    known(async (utility, number) => consumer((await utility.accounts.find(number))!)),
  ],
  [
    'GET',
    /^\/workflow\/v1\/apps$/,
    known(async (utility, number) => {
      const { asOf, applications } = await utility.accounts.applications(number);
      return {
        queryTime: local(asOf),
        apps: applications.map((each) => ({
          appNo: each.number,
          busiTypeCode: business.of(each.intent),
          busiName: each.name,
          todo: each.customerMust ?? null,
          nodes: each.steps.map((step) => ({
            nodeName: step.name,
            planDate: digits(step.planned),
            finishDate: digits(step.done) ?? null,
          })),
        })),
      };
    }),
  ],
  [
    'GET',
    /^\/billing\/v3\/balance\/(\d+)$/,
    known(async (utility, number) => {
      const balance = await utility.bills.balance(number);
      return {
        calcTime: local(balance.asOf),
        payMode: payModes[balance.paying],
        remainFen: fen(balance.left),
        oweFen: fen(balance.owed),
        penaltyFen: fen(balance.lateFee),
        oweMonths: balance.unpaid.map(digits),
        payDeadline: digits(balance.dueOn),
        reconnectFen: fen(balance.toReconnect),
      };
    }),
  ],
  [
    'GET',
    /^\/billing\/v3\/bills\/(\d+)\/(\d{6})\/(\d{6})$/,
    known(async (utility, number, { parts }) => {
      const { asOf, months } = await utility.bills.months(number, dashed(parts[1]), dashed(parts[2]));
      const bills = months.map((month) => ({
        consNo: number,
        ym: Number(digits(month.month)),
        beginDate: digits(month.from),
        endDate: digits(month.to),
        days: String(month.days),
        totalPq: Number(month.kwh),
        peakPq: month.peak,
        valleyPq: month.valley,
        pq: month.parts && {
          j: month.parts.sharp,
          f: month.parts.peak,
          p: month.parts.flat,
          g: month.parts.valley,
          s: month.parts.deep_valley,
        },
        reactivePq: month.kvarh,
        maxDemand: month.demandKw,
        yearPqBefore: month.before,
        yearMonths: month.yearMonths,
        amtFen: fen(month.amount),
        lastRead: month.readings.start,
        thisRead: month.readings.end,
        readType: month.quality === 'actual' ? '01' : '02',
        payFlag: month.paid ? 1 : 0,
        payDate: digits(month.paidOn),
        payDeadline: digits(month.dueOn),
        priceCode: month.book,
      }));
      return { calcTime: local(asOf), bills: bills.reverse() };
    }),
  ],
  [
    'GET',
    /^\/billing\/v3\/payments$/,
    known(async (utility, number) => {
      const { asOf, payments } = await utility.bills.payments(number);
      const rows = payments.map((each) => ({
        consNo: number,
        flowNo: each.serial,
        payTime: local(each.at)!.replace(/\D/g, ''),
        amtFen: String(fen(each.amount)),
        channelName: each.through,
        status: states.of(each.state),
      }));
      return { queryTime: local(asOf), rows: rows.reverse() };
    }),
  ],
  [
    'POST',
    /^\/ami\/v1\/daily$/,
    known(async (utility, number, { body }) => {
      const { asOf, days } = await utility.bills.daily(number, dashed(body.startDate), dashed(body.endDate));
      return {
        collectTime: local(asOf),
        list: days.map((each) => ({
          d: digits(each.day),
          pq: each.kwh ?? null,
          pqF: each.peak ?? null,
          pqG: each.valley ?? null,
          flag: flags.of(each.quality),
        })),
      };
    }),
  ],
  [
    'GET',
    /^\/analysis\/v1\/median$/,
    known(async (utility, number, { url }) => {
      const found = await utility.bills.neighbours(number, dashed(url.searchParams.get('ym')));
      const { asOf, month, median, homes } = found;
      return { queryTime: local(asOf), ym: digits(month), medianPq: median && Number(median), userCount: homes };
    }),
  ],
  [
    'POST',
    /^\/outage\/v2\/search$/,
    async (utility, { body }) => {
      const { asOf, outages } = await utility.outages.at(placeOf(body));
      const list = outages.map((each) => ({
        outageId: each.id,
        typeCode: outageKinds.of(each.kind),
        scope: each.where,
        reason: each.cause ?? null,
        beginTime: local(each.startsAt),
        planEndTime: local(each.endsAt),
        statusCode: stages.of(each.stage),
      }));
      return ok({ pubTime: local(asOf), list });
    },
  ],
  ['GET', /^\/docs\/v1\/gridtalk-prices$/, async (utility) => ok(await utility.prices.all())],
  [
    'POST',
    /^\/gis\/v1\/locate$/,
    async (utility, { body }) => {
      const service = await utility.directory.locate(placeOf(body));
      if (!service) return none('4041');
      const { grid, area, district, setting, region } = service;
      return ok({
        gridName: grid,
        tgName: area ?? null,
        countyName: district,
        urbanRural: settings.of(setting),
        provCode: provinces.of(region),
      });
    },
  ],
  [
    'GET',
    /^\/gis\/v1\/grids\/([^/]+)\/manager$/,
    async (utility, { parts }) => {
      const manager = await utility.directory.manager(decodeURIComponent(parts[0]!));
      if (!manager) return { status: 404, body: { code: '4040' } };
      const { grid, station, name, phone, hours } = manager;
      return ok({ gridName: grid, orgName: station, empName: name, servicePhone: phone, workTime: hours });
    },
  ],
  [
    'POST',
    /^\/gis\/v1\/outlets$/,
    async (utility, { body }) => {
      const found = await utility.directory.outlets(placeOf(body), sites.value(body.type));
      return ok(
        found.map((each) => ({
          siteName: each.name,
          siteType: sites.of(each.kind),
          countyName: each.district,
          siteAddr: each.address,
          openTime: each.hours,
          tel: each.phone ?? null,
          services: each.offers,
          lat: String(each.latitude),
          lng: String(each.longitude),
        })),
      );
    },
  ],
  [
    'GET',
    /^\/gis\/v1\/names$/,
    async (utility) => {
      const { districts, roads, communities, villages } = await utility.directory.gazetteer();
      return ok({ counties: districts, roads, estates: communities, villages });
    },
  ],
];

/** The gateway's good answer. Writes are done once for each idempotency key. */
export async function answers(utility: Backend, question: Question, done: Set<string>): Promise<Answer> {
  const path = question.url.pathname.replace('/gateway', '');
  if (path === '/message/v1/sms' || path === '/workorder/v1/orders') return write(path, question.key, done);
  for (const [method, pattern, handler] of handlers) {
    const match = method === question.method && pattern.exec(path);
    if (match) return handler(utility, { ...question, parts: match.slice(1) });
  }
  return { status: 404, body: { message: `no such path ${path}` } };
}

function write(path: string, key: string, done: Set<string>): Answer {
  if (!done.has(key)) {
    done.add(key);
    return ok(null);
  }
  return path.endsWith('sms') ? none('2001') : { status: 409, body: { code: '4090', msg: '工单已存在' } };
}

import { chance, purposes, seedOf } from './chance.ts';
import { type Area, type Customer, knownCustomers, Life, places } from './data.ts';

const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余';
const firsts = '建国志强秀兰晓明丽华海燕俊杰雪梅文博雅婷振宇佳慧春生玉珍宏伟思远美玲永康静怡国庆雨晨立新小红少波金凤';
const shops = ['便民超市', '水果店', '理发店', '五金店', '面馆', '药店', '文印店', '咖啡馆', '洗衣店', '电动车行'];

/** The account-number prefix of each province and where its serial numbers begin: the last four digits are nobody else's. */
const numbering: Record<string, { prefix: string; from: number }> = {
  浙江: { prefix: '330100000', from: 100 },
  江苏: { prefix: '320100000', from: 710 },
  上海: { prefix: '310100000', from: 910 },
  广东: { prefix: '440100000000', from: 810 },
};

function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((all, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const pick = <T>(from: ArrayLike<T>, seed: number, at: number, purpose: number): T =>
  from[Math.floor(chance(seed, at, purpose) * from.length)]!;

function nameOf(seed: number, at: number): string {
  const letters = chance(seed, at, purposes.name) < 0.75 ? 2 : 1;
  const given = Array.from({ length: letters }, (_, place) => pick(firsts, seed, at * 4 + place, purposes.name + 20));
  return pick(surnames, seed, at, purposes.name) + given.join('');
}

/** The homes of an area are numbered as its buildings are; those of a story have rooms 01 to 04. */
function homeAddress(area: Area, at: number): string {
  if (area.form === 'village') return `${area.base}${1 + (at % 7)}组${20 + at}号`;
  const building = 1 + ((at * 3) % 11);
  const room = `${2 + (at % 6)}0${5 + (at % 4)}室`;
  return area.form === 'units'
    ? `${area.base}${building}幢${1 + (at % 3)}单元${room}`
    : `${area.base}${building}幢${room}`;
}

const kinds = ['family', 'family', 'family', 'couple', 'couple', 'single', 'elderly'] as const;
const means = { family: 7.6, couple: 5.6, single: 3.6, elderly: 3.2 };
const ways = ['微信', '微信', '支付宝', '支付宝', '网上国网', '银行代扣', '银行代扣', '代收网点', '营业厅'];

function home(area: Area, at: number): Omit<Customer, 'number' | 'phone' | 'region'> {
  const seed = seedOf(area.name);
  const profile = pick(kinds, seed, at, purposes.kind);
  const daily = Math.round(means[profile] * (0.7 + 0.75 * chance(seed, at, purposes.home)) * 10) / 10;
  const pays = {
    day: 3 + Math.floor(chance(seed, at, purposes.pays) * 21),
    through: pick(ways, seed, at, purposes.pays),
  };
  const slow = chance(seed, at, purposes.slow) < 0.25;
  const prepaid = chance(seed, at, purposes.paidAt) < 0.2;
  return {
    name: nameOf(seed, at),
    address: homeAddress(area, at),
    kind: 'residential',
    pricing: chance(seed, at, purposes.night) < 0.45 ? 'time_of_use' : 'flat',
    area: area.name,
    paying: prepaid ? 'prepaid' : 'postpaid',
    supply: 'on',
    life: Life.parse({ profile, daily, slow, pays }),
  };
}

function shop(area: Area, at: number): Omit<Customer, 'number' | 'phone' | 'region'> {
  const seed = seedOf(area.name);
  const pays = { day: 5 + Math.floor(chance(seed, at, purposes.pays) * 15), through: '银行代扣' };
  const daily = Math.round(20 + 90 * chance(seed, at, purposes.home));
  return {
    name: `${pick(surnames, seed, at, purposes.name)}记${pick(shops, seed, at, purposes.kind)}`,
    address: `${area.base}底商${at + 1}号`,
    kind: 'commercial',
    pricing: chance(seed, at, purposes.night) < 0.5 ? 'time_of_use' : 'flat',
    area: area.name,
    paying: 'postpaid',
    supply: 'on',
    voltage: '<1kV',
    life: Life.parse({ profile: 'shop', daily, pays }),
  };
}

/** Every customer of the demo: those with a story, and the homes and shops that are made for each area. */
export function everyone(): Customer[] {
  const { areas, grids } = places();
  const serials = new Map(Object.entries(numbering).map(([region, { from }]) => [region, from]));
  const made = areas.flatMap((area) => {
    const region = grids.find(({ name }) => name === area.grid)!.region;
    const lives = [
      ...Array.from({ length: area.homes }, (_, at) => home(area, at)),
      ...Array.from({ length: area.shops }, (_, at) => shop(area, at)),
    ];
    return lives.map((life): Customer => {
      const serial = serials.get(region)!;
      serials.set(region, serial + 1);
      const number = withCheckDigit(`${numbering[region]!.prefix}${String(serial).padStart(3, '0')}`);
      return { number, phone: `1380000${number.slice(-4)}`, region, ...life };
    });
  });
  return [...knownCustomers(), ...made];
}

import { badRequest } from '#errors';
import type { Bill, BillLine, PriceBook, Usage } from './book.ts';
import { monthOf, seasonOf } from './compiled.ts';
import { amount, centOfProduct, decimal, divided, one, plain, yuan } from './decimal.ts';
import { type Energy, energy } from './energy.ts';
import { powerFactor } from './power-factor.ts';

interface Charge {
  line: BillLine;
  cents: bigint;
}

function charge(line: Omit<BillLine, 'amount'>): Charge {
  const exact = decimal(line.quantity, 'A quantity') * decimal(line.price, 'A price');
  const rounded = divided(exact, centOfProduct);
  return { line: { ...line, amount: yuan(rounded) }, cents: rounded };
}

/** A demand price is lower in a month in which the capacity was well used. */
function demandPrice(usage: Usage, basic: NonNullable<PriceBook['basic']>, kwh: bigint): string {
  const { highLoad } = basic;
  const price = basic.demand!;
  if (!highLoad || !usage.capacityKva) return price;
  const needed = amount(usage.capacityKva, 'The capacity') * amount(highLoad.kwhPerKva, 'kWh a kVA');
  if (kwh * one < needed) return price;
  return plain(divided(decimal(price, 'A price') * decimal(highLoad.factor, 'A factor'), one));
}

/** 基本电费, by demand where the customer gives one, else by capacity. */
function basicCharge(usage: Usage, book: PriceBook, kwh: bigint): Charge | undefined {
  const { basic } = book;
  if (!basic) return undefined;
  if (usage.demandKw !== undefined && basic.demand !== undefined) {
    const price = demandPrice(usage, basic, kwh);
    return charge({ kind: 'basic', basis: 'demand', quantity: usage.demandKw, price });
  }
  if (usage.capacityKva !== undefined && basic.capacity !== undefined)
    return charge({ kind: 'basic', basis: 'capacity', quantity: usage.capacityKva, price: basic.capacity });
  throw badRequest(
    `Price book «${book.id}» is a two-part price, and the usage of ${usage.month} has no capacity or demand it could charge.`,
    'Give capacityKva or demandKw.',
    'NoCapacity',
  );
}

/** 力调电费 on basic and energy charge; funds and surcharges are left out of it unless the book says otherwise. */
function factorCharge(usage: Usage, book: PriceBook, { cents, kwh }: Energy, basic: bigint): Charge | undefined {
  if (!book.powerFactor || usage.kvarh === undefined) return undefined;
  const { factor, rate } = powerFactor({ kwh: plain(kwh), kvarh: usage.kvarh, standard: book.powerFactor.standard });
  const funds = book.powerFactor.onSurcharges ? 0n : fundsOf(book, kwh);
  return charge({ kind: 'power_factor', quantity: yuan(cents + basic - funds), price: rate, factor });
}

const fundsOf = ({ surcharge }: PriceBook, kwh: bigint) =>
  surcharge === undefined ? 0n : divided(kwh * amount(surcharge, 'The surcharge'), centOfProduct);

/** What a customer pays for one billing period, line by line. Exact: no floating point anywhere. */
export function bill(usage: Usage, book: PriceBook): Bill {
  const used = energy(usage, book, seasonOf(book, monthOf(usage.month)));
  const { lines } = used;
  let total = used.cents;
  const basic = basicCharge(usage, book, used.kwh);
  const factor = factorCharge(usage, book, used, basic?.cents ?? 0n);
  for (const each of [basic, factor])
    if (each) {
      lines.push(each.line);
      total += each.cents;
    }
  return { book: book.id, lines, kwh: plain(used.kwh), total: yuan(total) };
}

import { afterAll } from '@jest/globals';
import { startProduct } from './product.ts';
import { activitiesSuite } from './suites/activities.suite.ts';
import { conversationsSuite } from './suites/conversations.suite.ts';
import { inputSuite } from './suites/input.suite.ts';
import type { Target } from './target.ts';

let product: Promise<Target> | undefined;
afterAll(async () => (await product)?.stop());

/** One server for the three: none of them minds what the others have said to it. */
async function start(): Promise<Target> {
  product ??= startProduct();
  return { ...(await product), stop: async () => undefined };
}

conversationsSuite('the product', start);
activitiesSuite('the product', start);
inputSuite('the product', start);

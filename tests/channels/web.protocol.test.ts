import { startProduct } from './product.ts';
import { activitiesSuite } from './suites/activities.suite.ts';
import { conversationsSuite } from './suites/conversations.suite.ts';
import { inputSuite } from './suites/input.suite.ts';

conversationsSuite('the product', startProduct);
activitiesSuite('the product', startProduct);
inputSuite('the product', startProduct);

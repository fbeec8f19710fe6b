import { startProduct } from './product.ts';
import { webchatSuite } from './suites/webchat.suite.ts';

webchatSuite('the product', startProduct);

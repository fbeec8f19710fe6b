import { startProduct } from './product.ts';
import { clientsSuite } from './suites/clients.suite.ts';

clientsSuite('the product', startProduct);

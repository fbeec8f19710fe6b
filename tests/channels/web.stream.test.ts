import { startProduct } from './product.ts';
import { streamSuite } from './suites/stream.suite.ts';

streamSuite('the product', startProduct);

import { startProduct } from './product.ts';
import { uploadsSuite } from './suites/uploads.suite.ts';

uploadsSuite('the product', startProduct);

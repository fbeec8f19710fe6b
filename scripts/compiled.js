// Loaded before the program (`node --import`): what Node has compiled of it, TypeScript stripped, is kept in dist/. A start then
// needs neither the compiler of TypeScript (its WebAssembly alone takes 0.2 s and 12 MB) nor half of its other work.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../dist/compiled', import.meta.url)));

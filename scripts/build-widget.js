// Builds the customers' side: dist/widget.js (with its styles inside), and dist/customer/, the demo utility's page with
// widget.css for browsers that can't construct style sheets.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = ['chrome92', 'safari14.1', 'firefox91'];

const minified = async (path) => {
  const css = await readFile(path, 'utf8');
  return (await transform(css, { loader: 'css', minify: true, target })).code.trim();
};

/** A shadow root takes its rules as text; esbuild's own text loader would leave the white space in. */
const shadowStyles = {
  name: 'shadow-styles',
  setup(builder) {
    builder.onLoad({ filter: /\.shadow\.css$/ }, async ({ path }) => ({
      contents: await minified(path),
      loader: 'text',
      watchFiles: [path],
    }));
  },
};

/** @param {string} outputFolder where widget.js and customer/ go; `dist` of the checkout by default */
export async function buildWidget(outputFolder = join(root, 'dist')) {
  await mkdir(outputFolder, { recursive: true });
  await build({
    entryPoints: [join(root, 'src/web/widget/main.ts')],
    outfile: join(outputFolder, 'widget.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    target,
    plugins: [shadowStyles],
    logLevel: 'warning',
  });
  const customer = join(outputFolder, 'customer');
  await cp(join(root, 'src/web/customer'), customer, { recursive: true });
  await writeFile(join(customer, 'widget.css'), await minified(join(root, 'src/web/widget/widget.shadow.css')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget(process.argv[2]);

import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, createServer } from 'vite';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const root = join(home, 'src/web/console');
const alias = { '#wire': join(home, 'src/wire/index.ts') };

/** Components of Ant Design that a source file imports; types are not components. */
function componentsIn(file) {
  const source = readFileSync(join(root, file), 'utf8');
  const imports = source.matchAll(/import \{([^}]*)\} from 'antd'/g);
  return [...imports]
    .flatMap(([, names]) => names.split(',').map((name) => name.trim()))
    .filter((name) => /^[A-Z]/.test(name));
}

/** A component that is not in the gallery would have no styles, and only a reader of the page would notice. */
function checkGallery() {
  const gallery = new Set(componentsIn('static-styles.tsx'));
  const missing = globSync('**/*.tsx', { cwd: root }).flatMap((file) =>
    componentsIn(file).flatMap((name) => (gallery.has(name) ? [] : [`${name} (${file})`])),
  );
  if (missing.length > 0)
    throw new Error(
      `Without styles in the console: ${missing.join(', ')}. Add them to src/web/console/static-styles.tsx.`,
    );
}

/** Runs static-styles.tsx here, so that the browser needs no styles made at run time. */
async function staticStyles() {
  checkGallery();
  const server = await createServer({
    root,
    configFile: false,
    mode: 'production',
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias },
  });
  try {
    return (await server.ssrLoadModule('/static-styles.tsx')).staticStyles();
  } finally {
    await server.close();
  }
}

const sheet = 'virtual:console-theme.css';

const plugins = (css) => [
  react(),
  {
    name: 'console-theme',
    resolveId: (id) => (id === sheet ? `\0${sheet}` : undefined),
    load: (id) => (id === `\0${sheet}` ? css : undefined),
  },
  {
    name: 'console-scroll-lock',
    enforce: 'pre',
    resolveId: (id, importer) =>
      /useScrollLocker(\.js)?$/.test(id) && importer?.includes('@rc-component')
        ? join(root, 'scroll-lock.ts')
        : undefined,
  },
];

/** Builds the staff's console into `outDir`. */
export async function buildConsole(outDir = join(home, 'dist/console')) {
  // Vite's server, used for the styles, would otherwise make this a development build.
  process.env.NODE_ENV = 'production';
  await build({
    root,
    base: '/console/',
    configFile: false,
    logLevel: 'warn',
    plugins: plugins(await staticStyles()),
    resolve: { alias },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // Everything is a file: the policy allows no data: script and the icon is cached like the rest.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 800,
    },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildConsole(process.argv[2] && resolve(process.argv[2]));

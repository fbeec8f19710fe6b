// `npm test`: format and lint, types, then every test. Ends with a plain line `N passed, N failed`; format and types count as one each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = (name) => join('node_modules', '.bin', name);
const outputs = mkdtempSync(join(tmpdir(), 'gridtalk-check-'));
let passed = 0;
let failed = 0;

function step(name, command, args, environment = {}) {
  process.stdout.write(`\n${name}\n`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  return status === 0;
}

function count(ok) {
  if (ok) passed += 1;
  else failed += 1;
}

count(step('Format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']));
count(step('Types', bin('tsc'), ['--noEmit', '-p', '.']));

const report = join(outputs, 'jest.json');
const arguments_ = ['--json', '--outputFile', report, '--maxWorkers', '2', ...process.argv.slice(2)];
const options = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };
const clean = step('Tests', bin('jest'), arguments_, options);
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  if (!clean && numFailedTests === 0) failed += Math.max(1, numFailedTestSuites);
} catch {
  failed += 1;
}
rmSync(outputs, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

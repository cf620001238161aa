import { join } from 'node:path';
import { npm } from '../setup/child-process.mjs';
import { readJson } from '../setup/checkout.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { licenceProblems } from './licences.mjs';
import { lockFileProblems } from './lock-file.mjs';

/**
 * Looks at what the app is made of before it is given to anybody: the lock file, the licences, and what the
 * registry knows about vulnerabilities. One in what is bundled stops the release; the others are printed.
 * @throws {SetupError}
 */
export async function checkSupplyChain({ root, say, runNpm = npm }) {
  const lock = readJson(join(root, 'package-lock.json'));
  const problems = lock === null ? ['package-lock.json is missing or broken'] : [...lockFileProblems(lock), ...licenceProblems(lock)];
  if (problems.length > 0) throw new SetupError(`This cannot be released: ${problems.join('; ')}.`);

  const bundled = await runNpm(['audit', '--package-lock-only', '--omit=dev', '--audit-level=low'], { cwd: root });
  if (bundled.code !== 0) {
    say(bundled.stdout + bundled.stderr);
    throw new SetupError('npm audit found something in what is bundled, or could not ask, as it says above: update the package, or ask again.');
  }
  const all = await runNpm(['audit', '--package-lock-only'], { cwd: root });
  say(`npm audit of what is bundled: nothing. Of everything, Electron among it:\n${all.stdout}${all.stderr}`);
}

/** A list of everything in package-lock.json, in CycloneDX's JSON; what is for development only is marked so. */
export async function billOfMaterials({ root, runNpm = npm }) {
  const made = await runNpm(['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'], { cwd: root });
  if (made.code !== 0) throw new SetupError(`npm sbom failed (${made.stderr.trim().split('\n')[0]}): run it by hand to see why.`);
  return made.stdout;
}

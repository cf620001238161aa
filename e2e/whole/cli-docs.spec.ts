import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { commandNames, commandSpec, optionSpec } from '../../src-main/cli/grammar/commands.ts';
import { consoleBlocks, consoleText, withConsoleTexts, type ConsoleBlock } from './cli-docs/console-blocks.ts';
import { printedText } from './cli-docs/printed-text.ts';
import { prepareStage, scenes, type Stage } from './cli-docs/scenes.ts';
import { runInShell } from './cli-docs/shell.ts';
import { missingPrograms } from '../../testing/processes/missing-programs.ts';
import { findProgram } from '../../testing/processes/find-program.ts';
import { checkout } from '../../testing/app/running-app.ts';
import { AppRig } from '../../testing/app/app-rig.ts';
import { leaksIn } from '../../testing/secrets/leaks.ts';

// These documents show what each example prints. Here each example runs on the real app, in the document's
// order; UPDATE_DOCS=1 writes what was printed into the document.

const missing = [
  ...missingPrograms().map(({ program }) => program),
  ...['bash', 'aws', 'curl', 'xterm', 'terraform'].filter((program) => findProgram(program) === null),
];
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

const updating = process.env['UPDATE_DOCS'] === '1';
const documents = ['cli.md', 'account-guard.md', 'walk.md'].map((name) => ({ name, file: join(checkout, 'docs', name) }));

for (const { name, file } of documents) {
  test.describe(name, () => {
    test.describe.configure({ mode: 'serial' });

    const markdown = readFileSync(file, 'utf8');
    const blocks = consoleBlocks(markdown);
    const printed: string[] = [];
    let rig: AppRig;
    let stage: Stage;

    test.beforeAll(async () => {
      rig = await AppRig.start({ aws: { accessKeyAgeDays: 412 } });
      const env = await prepareStage(rig);
      stage = { rig, env, app: await rig.startApp() };
    });
    test.afterAll(async () => {
      if (updating) writeFileSync(file, withConsoleTexts(markdown, printed));
      await rig.close();
    });

    async function play({ scene: sceneName, commands }: ConsoleBlock): Promise<string> {
      const scene = sceneName === null ? {} : scenes[sceneName];
      if (scene === undefined) throw new Error(`There is no scene ${sceneName}`);
      await scene.before?.(stage);
      const [outputs] = await Promise.all([runInShell(commands, { env: stage.env, cwd: rig.home }), scene.meanwhile?.(stage)]);
      return consoleText(
        commands,
        outputs.map((output) => printedText(output, rig)),
      );
    }

    for (const [index, block] of blocks.entries()) {
      test(`example ${index + 1} prints what the document says: ${block.heading}`, async () => {
        printed[index] = await play(block);
        if (!updating) expect(printed[index]).toBe(block.text);
      });
    }

    test('the document has no secret of the run in it', () => {
      const shown = readFileSync(file, 'utf8');
      expect(leaksIn(file, shown, rig.aws.secrets())).toEqual([]);
      expect(shown).not.toMatch(/\b(ASIA|AKIA)[A-Z0-9]{16}\b/);
    });
  });
}

test('the document of the command line has a section with an example for every command, and names each of its options', () => {
  const markdown = readFileSync(join(checkout, 'docs', 'cli.md'), 'utf8');
  for (const name of commandNames) {
    const section = new RegExp(`^## .*\`sts-tray ${name}\\b[\\s\\S]*?(?=^## |$(?![\\s\\S]))`, 'm').exec(markdown)?.[0] ?? '';
    expect(section, name).toMatch(new RegExp(`^\\$ .*sts-tray ${name}\\b`, 'm'));
    for (const option of commandSpec(name).options.filter((one) => !optionSpec(one).hidden)) expect(section, name).toContain(`\`--${option}`);
  }
});

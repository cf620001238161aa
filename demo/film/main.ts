import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout } from '../../testing/app/running-app.ts';
import { writeMainTf } from '../../testing/terraform/deployment.ts';
import { bucketName } from '../demo-machine.ts';
import { Film } from './film.ts';
import { Stage, type FilmLanguage } from './stage.ts';

// npm run film: records the animated pictures of both READMEs from the running app, a terminal and the real Terraform,
// on a desktop of its own.

/** Where the prompt covers nothing that is read, in pixels. */
const besideTerminal = { x: 575, y: 60 };

/** How long the machine may take, in milliseconds. */
const patienceMs = 120_000;

/** How long somebody who looks on needs to see what has changed, in milliseconds. */
const beatMs = 900;
const promptTitle = { en: 'MFA code · STS Tray', ja: 'MFA コード · STS Tray' } as const;

for (const language of ['en', 'ja'] as const) {
  const stage = await Stage.open(language);
  try {
    await planWaits(stage, language);
    await refusal(stage, language);
  } finally {
    await stage.close();
  }
}
process.exit(0);

/** A plan waits for a code, six digits are typed, and the plan goes on. */
async function planWaits(stage: Stage, language: FilmLanguage): Promise<void> {
  const { desktop, machine } = stage;
  const film = new Film(desktop);
  await delay(beatMs);
  const { ended } = await stage.run('AWS_PROFILE=default-sts terraform plan');
  const prompt = await desktop.waitForWindow(promptTitle[language], patienceMs);
  await desktop.move(prompt, besideTerminal);
  await desktop.focus(prompt);
  await delay(3 * beatMs);
  await stage.type(await machine.aws.nextTotpCode());
  await ended;
  await delay(beatMs);
  await film.save(filmPath('plan', language));
}

/** The role of another account than the project means, and an apply that is stopped. */
async function refusal(stage: Stage, language: FilmLanguage): Promise<void> {
  const { desktop, machine } = stage;
  const { b, c } = machine.aws.accounts;
  writeMainTf(machine.project, { roleArn: c.deployRoleArn, expectedAccountId: b.accountId, bucketName });
  await (
    await stage.run('clear')
  ).ended;
  const film = new Film(desktop);
  await delay(beatMs);
  const { ended } = await stage.run('sts-tray exec default -- terraform apply');
  await ended;
  await delay(beatMs);
  await film.save(filmPath('refusal', language));
}

function filmPath(name: string, language: FilmLanguage): string {
  return join(checkout, 'docs', 'screens', `film-${name}-${language}.gif`);
}

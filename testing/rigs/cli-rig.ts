import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliWorld } from '../../src-main/cli/process/cli-world.ts';
import { runCommandLine } from '../../src-main/cli/run-command-line.ts';

/** A request as the app received it. */
export type Asked = { readonly name: string; readonly method: string; readonly fields: Readonly<Record<string, unknown>> };
/** What the app answers: a status and a body. */
export type Reply = readonly [status: number, body: unknown];

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** A folder for the app's files, with a real HTTP server on the socket in it. */
export class CliRig {
  readonly folder: string;
  readonly asked: Asked[] = [];
  /** How the app answers, by the request's name. */
  replies: Readonly<Record<string, Reply>> = {};
  #server: Server | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<CliRig> {
    const rig = new CliRig(await mkdtemp(join(tmpdir(), 'sts cli-')));
    await mkdir(join(rig.folder, 'run'), { mode: 0o700 });
    return rig;
  }

  get socket(): string {
    return join(this.folder, 'run', 'api.sock');
  }

  async startApp(replies: Readonly<Record<string, Reply>>): Promise<void> {
    this.replies = replies;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const url = new URL(request.url ?? '', 'http://localhost');
        const name = url.pathname.replace('/v1/', '');
        const fields = request.method === 'GET' ? Object.fromEntries(url.searchParams) : (JSON.parse(body) as Record<string, unknown>);
        this.asked.push({ name, method: request.method ?? '', fields });
        const [status, answer] = this.replies[name] ?? [404, failure('request-invalid', { reason: 'no such path' })];
        response.writeHead(status, { 'content-type': 'application/json' }).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.socket, resolve));
    await chmod(this.socket, 0o600);
  }

  /** A program that stands in for the app: it records how it was started and what it was asked. */
  async appProgram(reply: Reply, startMs = 100): Promise<CliWorld['app']> {
    const script = join(this.folder, 'app.cjs');
    await writeFile(
      script,
      `const { writeFileSync } = require('node:fs');
writeFileSync(${JSON.stringify(join(this.folder, 'started.json'))}, JSON.stringify({ args: process.argv.slice(2), env: process.env, pid: process.pid }));
const [status, answer] = ${JSON.stringify(reply)};
const server = require('node:http').createServer((request, response) => {
  writeFileSync(${JSON.stringify(join(this.folder, 'asked.txt'))}, request.url);
  response.writeHead(status).end(JSON.stringify(answer), () => setTimeout(() => process.exit(), 50));
});
process.umask(0o077);
setTimeout(() => server.listen(${JSON.stringify(this.socket)}), ${startMs});
setTimeout(() => process.exit(), 5000);
`,
    );
    await chmod(script, 0o700);
    return { executable: process.execPath, args: [script, '--no-sandbox', 'folder of the app'] };
  }

  async run(args: readonly string[], world: Partial<CliWorld> = {}): Promise<Outcome> {
    let [stdout, stderr] = ['', ''];
    const code = await runCommandLine({
      args: [`--user-data-dir=${this.folder}`, ...args],
      env: { PATH: process.env['PATH'], DISPLAY: ':0' },
      platform: process.platform,
      homedir: this.folder,
      runtimeFolder: null,
      cwd: this.folder,
      parentPid: process.pid,
      version: '1.2.3',
      dataFolder: join(this.folder, 'nowhere'),
      app: { executable: join(this.folder, 'no app'), args: [] },
      print: (text) => (stdout += text),
      printError: (text) => (stderr += text),
      isTerminal: { stdout: false, stderr: false },
      interactive: false,
      readLine: () => '',
      host: null,
      ...world,
    });
    return { code, stdout, stderr };
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server === null ? resolve(null) : this.#server.close(resolve)));
    await rm(this.folder, { recursive: true });
  }
}

/** The body of a refusal. */
export function failure(code: string, params: Readonly<Record<string, unknown>> = {}, sentences = 'In the app’s language.'): object {
  return { error: { code, params }, sentences };
}

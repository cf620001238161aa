import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../../../testing/processes/find-program.ts';
import type { BrowserReturn } from '../../core/sign-in/browser-return.ts';
import { openBrowserReturn } from './browser-return.ts';

const run = promisify(execFile);
const page = { language: 'en', title: 'Signed in <b>', body: 'You can close this tab.' };

async function opened(): Promise<BrowserReturn> {
  const back = await openBrowserReturn(() => page);
  if (!back.ok) throw new Error(back.error.code);
  onTestFinished(() => back.value.close());
  return back.value;
}

const status = async (address: string, init?: RequestInit) => (await fetch(address, init)).status;

describe('the way back of the browser', () => {
  it('the way back of the browser is on 127.0.0.1, takes the answer with the state once, and is gone then', async () => {
    const back = await opened();
    expect(back.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/);
    const answer = back.answerTo('the state');
    const answered = await fetch(`${back.redirectUri}?code=c0de&state=the+state`);
    expect(answered.status).toBe(200);
    expect(answered.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await answered.text()).toContain('<h1>Signed in &lt;b></h1>');
    expect((await answer)?.get('code')).toBe('c0de');
    await expect(fetch(`${back.redirectUri}?code=other&state=the+state`)).rejects.toThrow('fetch failed');
  });

  it('the way back of the browser gives 404 to every other request, which ends nothing', async () => {
    const back = await opened();
    const answer = back.answerTo('right');
    const { origin } = new URL(back.redirectUri);
    expect(await status(`${back.redirectUri}?code=x&state=wrong`)).toBe(404);
    expect(await status(back.redirectUri)).toBe(404);
    expect(await status(`${back.redirectUri}?code=x&state=right`, { method: 'POST' })).toBe(404);
    expect(await status(`${origin}/other?code=x&state=right`)).toBe(404);
    expect(await status(`http://localhost:${new URL(origin).port}/oauth/callback?state=right`).catch(() => 404)).toBe(404);
    expect(await status(`${back.redirectUri}?error=access_denied&state=right`)).toBe(200);
    expect((await answer)?.get('error')).toBe('access_denied');
  });

  it('the way back of the browser answers nothing before a state was given', async () => {
    const back = await opened();
    expect(await status(`${back.redirectUri}?code=x&state=`)).toBe(404);
  });

  it('what waits for the browser gets nothing once the way back is closed', async () => {
    const back = await opened();
    const answer = back.answerTo('right');
    back.close();
    expect(await answer).toBeNull();
    await expect(fetch(back.redirectUri)).rejects.toThrow('fetch failed');
  });

  const cannotBeAnother = process.platform !== 'linux' || process.getuid?.() !== 0 || ['setpriv', 'curl'].some((name) => findProgram(name) === null);
  it.skipIf(cannotBeAnother)('the way back of the browser takes nothing from another user of the machine', async () => {
    const back = await opened();
    const answer = back.answerTo('right');
    const curl = ['curl', '-q', '--silent', '--output', '/dev/null', '--write-out', '%{http_code}', `${back.redirectUri}?code=x&state=right`];
    expect((await run('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', ...curl])).stdout).toBe('404');
    expect(await status(`${back.redirectUri}?code=mine&state=right`)).toBe(200);
    expect((await answer)?.get('code')).toBe('mine');
  });

  it('many connections that send nothing do not keep the browser from coming back', async () => {
    const back = await opened();
    const answer = back.answerTo('right');
    const { port } = new URL(back.redirectUri);
    const idle = Array.from({ length: 40 }, () => connect(Number(port), '127.0.0.1').on('error', () => undefined));
    onTestFinished(() => idle.forEach((socket) => socket.destroy()));
    expect(await status(`${back.redirectUri}?code=c&state=right`)).toBe(200);
    expect((await answer)?.get('code')).toBe('c');
  });
});

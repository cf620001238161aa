import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './checkout.mjs';

// On Windows npm and the tools in .bin are .cmd files, which start only through a shell.
const shell = process.platform === 'win32';

/** Runs to the end, keeping the output. `timeout` is in milliseconds. Never rejects. */
export function capture(command, args, { timeout = 0, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, timeout, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: error.message, timedOut: false }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, stdout, stderr, timedOut: timeout > 0 && signal === 'SIGTERM' }));
  });
}

/**
 * Runs to the end on this terminal and resolves to the exit code. Never rejects. With a `heading`, what is
 * printed comes below it in one piece at the end, so that it does not mix with what something else prints.
 */
export function show(command, args, { heading, ...options } = {}) {
  return new Promise((resolve) => {
    const stdio = heading === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: root, stdio, ...options });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
    // The child has the terminal, so Ctrl-C reaches it directly. This process outlives it to report how it ended.
    const wait = () => {};
    // SIGTERM reaches only this process, so it is passed on.
    const end = () => child.kill('SIGTERM');
    process.on('SIGINT', wait);
    process.on('SIGTERM', end);
    child.on('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.on('close', (code) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', end);
      if (heading !== undefined) process.stdout.write(`${heading}\n${Buffer.concat(printed).toString()}`);
      resolve(code ?? 1);
    });
  });
}

export const npm = (args, options) => capture('npm', args, { shell, ...options });

const bin = (tool) => join(root, 'node_modules', '.bin', shell ? `${tool}.cmd` : tool);

/** A command of one of the installed packages. */
export const captureTool = (tool, args, options) => capture(bin(tool), args, { shell, ...options });
export const showTool = (tool, args, options) => show(bin(tool), args, { shell, ...options });

/** A program in TypeScript, by the Node whose path `node` is. */
export const showTypeScript = (node, args, options) => show(node, [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), ...args], options);

import { setFlagsFromString } from 'node:v8';
import type { Result } from '../contract/app-error.ts';
import { appError, failed, succeeded } from '../core/errors.ts';
import type { Body } from '../core/terraform/structure/body.ts';
import { isParsable } from '../core/terraform/language/syntax/parse.ts';
import { parseHclFile } from '../core/terraform/structure/hcl-file.ts';
import { nestedTooDeep } from '../core/terraform/structure/hcl-text.ts';

/**
 * HashiCorp's own parser, as WebAssembly. Its 10 MB are loaded only when something is broken: that takes longer than
 * to read an ordinary project. By default V8 would optimise so much of it at once that it took twice the processor
 * time.
 */
const parser = () => {
  setFlagsFromString('--wasm-tiering-budget=100000000');
  return import('@cdktn/hcl2json');
};

/**
 * How much of a project's files it gets, in UTF-16 code units: it takes some 2 KB of memory for each, and never gives
 * them back. What Terraform will say of longer files, Terraform says.
 */
const checkedMax = 131_072;

/** How long it may take for one text, in milliseconds. It runs out of memory or of stack without a word, and never answers then. */
const patienceMs = 8_000;

/** Whether it has run out of time, or has broken down: then it answers nothing any more in this process. */
let isSilent = false;

/** How it begins what it says is wrong with a text. */
const complaint = 'parse config: ';

/** What it says is wrong with a text; null for nothing. Fails with `project-parser-silent` `{file}`. */
async function complaintAbout(file: string, text: string): Promise<Result<string | null>> {
  if (!isSilent) {
    try {
      await parsed(file, text);
      return succeeded(null);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith(complaint)) return succeeded(error.message);
      isSilent = true;
    }
  }
  return failed(appError('project-parser-silent', { file }));
}

async function parsed(file: string, text: string): Promise<void> {
  const { parse } = await parser();
  let patience: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    patience = setTimeout(reject, patienceMs, new Error('silent'));
  });
  try {
    await Promise.race([parse(file, text), silence]);
  } finally {
    clearTimeout(patience);
  }
}

/** Reads files in HCL's native syntax. Fails with `project-broken` `{file, line, reason}`, and `project-parser-silent` `{file}`. */
export type ReadHcl = (file: string, text: string) => Promise<Result<Body>>;

/**
 * A file is read by the app itself, in time proportional to its size and with places, which HashiCorp's
 * parser does not tell. That one is asked about files of usual size in which something cannot be parsed,
 * for its reason and its line.
 */
export function hclReader(): ReadHcl {
  let left = checkedMax;
  return async (file, text) => {
    const read = parseHclFile(text);
    if (read.ok && (text.length > left || isParsable(read.value))) return succeeded(read.value);
    // It would run out of its stack.
    const isTooDeep = !read.ok && read.fault.reason === nestedTooDeep;
    if (!isTooDeep && text.length <= left) {
      left -= text.length;
      const told = await complaintAbout(file, text);
      if (!told.ok) return told;
      if (told.value !== null) return failed(brokenHcl(file, told.value));
    }
    return read.ok ? succeeded(read.value) : failed(appError('project-broken', { file, line: read.fault.line, reason: `${read.fault.reason}.` }));
  };
}

/** `message` is `parse config: [main.tf:2,7-3,1: Invalid expression; Expected …]`; its first diagnostic is reported. */
function brokenHcl(file: string, message: string) {
  const [, line = '1', reason = message] = /:(\d+),\d+(?:-\d+(?:,\d+)?)?: (.*?)(?: \S+:\d+,\d+-[\d,]+: .*)?\]?$/s.exec(message.replace(/^[^[]*\[/, '')) ?? [];
  return appError('project-broken', { file, line: Number(line), reason: reason.trim() });
}

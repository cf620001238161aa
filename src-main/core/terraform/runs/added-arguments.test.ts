import { describe, expect, it } from 'vitest';
import { addedArguments } from './added-arguments.ts';

describe('what TF_CLI_ARGS adds', () => {
  it.each([
    ['', []],
    [' \t\r\n', []],
    ['-var a=1\n-lock=false', ['-var', 'a=1', '-lock=false']],
    [`-var 'a=one two' "-var=b=\\"c\\""`, ['-var', 'a=one two', '-var=b="c"']],
    [`-var=a="x"'y'z`, ['-var=a=xyz']],
    [`"it's" 'the "one"'`, [`it's`, `the "one"`]],
    [`-var a=''`, ['-var', 'a=']],
    [`'' ""`, ['', '']],
    ['-var=a=$HOME ${x} *.tf ~ # x', ['-var=a=$HOME', '${x}', '*.tf', '~', '#', 'x']],
    ['a\u00a0b\u000bc', ['a\u00a0b\u000bc']],
    ['a=x\\.y \\é\\ \\"', ['a=x.y', 'é "']],
    ['a\\\nb', ['a\nb']],
    ['"a=x\\.y" "\\é\\\\"', ['a=x.y', 'é\\']],
    [`'a=x\\.y\\t'`, ['a=x\\.y\\t']],
    ['"(x)" \'`x`\' "`x`" \\(', ['(x)', '`x`', '`x`', '(']],
  ])('is split as Terraform does it: %j', (text, words) => {
    expect(addedArguments(text)).toEqual(words);
  });

  it.each([
    ['-var label=R&D -var-file=prod.tfvars', ['-var', 'label=R']],
    ['-var a=1; -var a=2', ['-var', 'a=1']],
    ["-var a=1 | 'x", ['-var', 'a=1']],
    ['-var a=1 <x', ['-var', 'a=1']],
    ['-var a=x>y', ['-var', 'a=x']],
    ['-var a=1 2>y', ['-var', 'a=1']],
    ["-var a=1 '2'>y", ['-var', 'a=1']],
    ['-var a=1 2 >y', ['-var', 'a=1', '2']],
    ['\'a;b\' "c|d" e\\&f', ['a;b', 'c|d', 'e&f']],
  ])('is read only up to what ends a command of a shell: %j', (text, words) => {
    expect(addedArguments(text)).toEqual(words);
  });

  it.each(["'x", '"x', '"x\\"', 'a=x\\', '-var (x)', 'x$(y', '-var a=`x'])('is not known where Terraform refuses it: %j', (text) => {
    expect(addedArguments(text)).toBeNull();
  });

  it.each(['a=x\\ty', 'a=x\\ny', '"a=C:\\\\x\\new"', 'a=$(x)', 'a=`x`', 'x) y)', '-var a=1 2x>y'])(
    'is not known where versions of Terraform and OpenTofu differ: %j',
    (text) => {
      expect(addedArguments(text)).toBeNull();
    },
  );
});

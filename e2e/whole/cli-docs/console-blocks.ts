/** A block of a Markdown text that shows a terminal: commands behind `$ `, each with what it printed. */
export type ConsoleBlock = {
  /** The heading that it stands below. */
  readonly heading: string;
  /** What happens around the commands, as the comment above the block names it. */
  readonly scene: string | null;
  readonly commands: readonly string[];
  /** All lines between the fences. */
  readonly text: string;
};

const block = /(?:<!-- scene: ([\w-]+) -->\n)?```console\n([\s\S]*?)```/g;
const prompt = '$ ';

export function consoleBlocks(markdown: string): readonly ConsoleBlock[] {
  return [...markdown.matchAll(block)].map(({ 1: scene, 2: text = '', index }) => ({
    heading: [...markdown.slice(0, index).matchAll(/^##+ (.+)$/gm)].at(-1)?.[1] ?? '',
    scene: scene ?? null,
    commands: text.split('\n').flatMap((line) => (line.startsWith(prompt) ? [line.slice(prompt.length)] : [])),
    text,
  }));
}

/** The Markdown text with other texts in its blocks, in their order. */
export function withConsoleTexts(markdown: string, texts: readonly string[]): string {
  let index = 0;
  return markdown.replaceAll(block, (whole, _scene, text: string) => {
    const fence = whole.length - text.length - '```'.length;
    return `${whole.slice(0, fence)}${texts[index++] ?? text}\`\`\``;
  });
}

/** A program that was cut off in a line, as one that reads from a file, leaves the fence no line of its own. */
function withLineEnd(output: string): string {
  return output === '' || output.endsWith('\n') ? output : `${output.trimEnd()}\n`;
}

/** The text of a block whose commands printed this. */
export function consoleText(commands: readonly string[], outputs: readonly string[]): string {
  return commands.map((command, index) => `${prompt}${command}\n${withLineEnd(outputs[index] ?? '')}`).join('');
}

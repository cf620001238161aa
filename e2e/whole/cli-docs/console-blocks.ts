/** A block of a Markdown text that shows a terminal: commands after `$ `, each with what it printed. */
export type ConsoleBlock = {
  /** The heading above it. */
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

/** The Markdown text with these texts in its blocks, in order. */
export function withConsoleTexts(markdown: string, texts: readonly string[]): string {
  let index = 0;
  return markdown.replaceAll(block, (whole, _scene, text: string) => {
    const fence = whole.length - text.length - '```'.length;
    return `${whole.slice(0, fence)}${texts[index++] ?? text}\`\`\``;
  });
}

/** A program that is cut off in the middle of a line would leave the closing fence on that line. */
function withLineEnd(output: string): string {
  return output === '' || output.endsWith('\n') ? output : `${output.trimEnd()}\n`;
}

/** The text of a block with these commands and what they printed. */
export function consoleText(commands: readonly string[], outputs: readonly string[]): string {
  return commands.map((command, index) => `${prompt}${command}\n${withLineEnd(outputs[index] ?? '')}`).join('');
}

import { runProgram } from '../processes/run-program.ts';
import type { Selection } from '../desktop/x11/clipboard.ts';

/** What another Wayland client would paste; '' where nobody offers a text. */
export async function waylandSelection(which: Selection, env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await runProgram('wl-paste', ['--no-newline', ...(which === 'primary' ? ['--primary'] : [])], { env });
  return stdout;
}

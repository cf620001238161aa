import { capture } from '../setup/child-process.mjs';
import { root } from '../setup/checkout.mjs';

/**
 * The commit that a change is compared with: where the branch left main; on main itself HEAD, or the
 * commit before it when nothing is uncommitted.
 */
export async function baseOfChange() {
  const head = (await git('rev-parse', 'HEAD')).trim();
  const fork = (await git('merge-base', 'HEAD', 'main')).trim();
  if (fork !== '' && fork !== head) return fork;
  const isClean = (await git('status', '--porcelain')).trim() === '';
  return isClean ? 'HEAD~1' : 'HEAD';
}

/** The files that differ from a commit, those that git does not track yet among them. */
export async function changeSince(base) {
  const listed = `${await git('diff', '--name-only', base)}${await git('ls-files', '--others', '--exclude-standard')}`;
  return { base, files: listed.split('\n').filter((file) => file !== '') };
}

async function git(...args) {
  const { code, stdout } = await capture('git', args, { cwd: root });
  return code === 0 ? stdout : '';
}

import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture } from './child-process.mjs';
import { SetupError } from './setup-error.mjs';

/** Debian packages. `a | b` means, as in a Depends field, either one: newer releases have renamed the package. */
const runtimeLibraries = ['libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libasound2 | libasound2t64', 'libgbm1', 'libsecret-1-0', 'libnotify4'];
const desktop = [
  'xvfb',
  'xauth',
  'dbus-x11',
  'xfwm4',
  'xfce4-panel',
  'gnome-keyring',
  'xterm',
  'xdotool',
  'imagemagick',
  'libglib2.0-bin',
  'x11-utils',
  'fonts-noto-cjk',
  'fonts-inter',
];
/** What the tests use to call the app, to make certificates, to complete command lines, to give MFA codes and to sign in with a browser. */
const clients = ['curl', 'openssl', 'zsh', 'fish', 'pass', 'oathtool', 'chromium'];
/** What tells who is connected to a socket, and its command. */
const socketLister = { package: 'iproute2', command: 'ss' };
/** A Wayland compositor that needs no screen. */
const waylandCompositor = 'weston';
/** A display whose size can change. */
const resizableDisplay = ['tigervnc-standalone-server', 'x11-xserver-utils'];
const packagesFor = {
  start: runtimeLibraries,
  demo: [...runtimeLibraries, ...desktop],
  // Chromium is the browser of the person who signs in.
  'sign-in-demo': [...runtimeLibraries, ...desktop, 'chromium'],
  test: [...runtimeLibraries, ...desktop, ...clients, socketLister.package, ...resizableDisplay, waylandCompositor],
  bench: [...runtimeLibraries, ...desktop, 'curl', socketLister.package],
  package: [...runtimeLibraries, 'p7zip-full | 7zip'],
};
/** The commands that show whether the desktop's programs are installed, for systems whose packages have other names. */
const desktopCommands = [
  'Xvfb',
  'xauth',
  'dbus-run-session',
  'xfwm4',
  'xfce4-panel',
  'gnome-keyring-daemon',
  'xterm',
  'xdotool',
  'import',
  'gdbus',
  'xprop',
  'Xtigervnc',
  'xrandr',
  ...clients,
  socketLister.command,
];

/**
 * As root, on Debian and its derivatives, installs the packages that are missing. Otherwise says what is
 * missing, and fails if `purpose` can't go on without it. Does nothing on macOS and Windows.
 * @throws {SetupError}
 */
export async function provideSystemPackages({ purpose, executable, say }) {
  if (process.platform !== 'linux') return;
  if (isDebian(readFileSync('/etc/os-release', 'utf8'))) {
    const missing = await missingPackages(packagesFor[purpose]);
    if (missing.length === 0) return;
    if (process.getuid() === 0) return installPackages(missing, say);
    const names = (await installable(missing)).join(' ');
    return report({ purpose, executable, say, remedy: `run \`sudo apt-get update && sudo apt-get install -y ${names}\`.` });
  }
  const hasDesktop = desktop.every((name) => packagesFor[purpose].includes(name));
  const programs = hasDesktop ? desktopCommands.filter((name) => !findCommand(name)) : [];
  return report({
    purpose,
    executable,
    say,
    remedy: programs.length > 0 ? `install with your package manager what brings ${programs.join(', ')}.` : null,
  });
}

/**
 * Installs whole desktops, without what their packages only recommend: that would be thousands more. For Debian and its
 * derivatives, whose names these are.
 * @throws {SetupError}
 */
export async function provideDesktops({ packages, say }) {
  if (!isDebian(readFileSync('/etc/os-release', 'utf8'))) return say('This is no Debian: a desktop whose programs are missing is left out.');
  const missing = await missingPackages([...new Set(packages)]);
  if (missing.length === 0) return;
  if (process.getuid() === 0) return installPackages(missing, say, '--no-install-recommends');
  const names = (await installable(missing)).join(' ');
  say(`Some desktops are left out: run \`sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}\`.`);
}

export const isDebian = (osRelease) => /^ID(?:_LIKE)?="?(?:[\w ]* )?(?:debian|ubuntu)\b/m.test(osRelease);

/** The names (`a | b`) without an installed alternative, each as a list of its alternatives. */
async function missingPackages(names) {
  const wanted = names.map((name) => name.split(' | '));
  const format = '${Package} ${db:Status-Status}\n';
  const { stdout } = await capture('dpkg-query', ['--show', `--showformat=${format}`, ...wanted.flat()]);
  const installed = new Set(
    stdout
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name),
  );
  return wanted.filter((alternatives) => !alternatives.some((name) => installed.has(name)));
}

async function installPackages(missing, say, ...options) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = async (...args) => {
    const { code, stdout, stderr } = await capture('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env });
    if (code === 0) return;
    say(stdout + stderr);
    throw new SetupError(`apt-get ${args[0]} failed, as it says above: put that right and run the command again.`);
  };
  say(`Installing system packages (apt-get): ${missing.map((alternatives) => alternatives[0]).join(' ')} …`);
  await apt('update');
  await apt('install', '--yes', ...options, ...(await installable(missing)));
}

/** For each list of alternatives, the one that this release has. */
async function installable(missing) {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout: policy } = await capture('apt-cache', ['policy', ...missing.flat()], { env });
  return missing.map((alternatives) => alternatives.find((name) => hasCandidate(policy, name)) ?? alternatives[0]);
}

/** Whether `apt-cache policy` knows a version of the package that can be installed. */
export function hasCandidate(policy, name) {
  const [, ofPackage] = `\n${policy}`.split(`\n${name}:\n`);
  return ofPackage !== undefined && /^ {2}Candidate: (?!\(none\))/m.test(ofPackage.split(/^\S/m)[0]);
}

async function report({ purpose, executable, say, remedy }) {
  const { stdout } = await capture('ldd', [executable]);
  const libraries = stdout.match(/^\s*\S+(?= => not found)/gm)?.map((line) => line.trim()) ?? [];
  if (libraries.length > 0) {
    throw new SetupError(
      `Electron can't start because shared libraries are missing (${libraries.join(', ')}): ` +
        (remedy ?? 'install GTK 3, NSS, ALSA, GBM, libsecret and libnotify with your package manager.'),
    );
  }
  if (!remedy) return;
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  if (['demo', 'sign-in-demo'].includes(purpose) && !hasDisplay) {
    throw new SetupError(`There is no display, and not all is installed that the demo needs to go on by itself: ${remedy}`);
  }
  if (purpose === 'test') say(`Some e2e tests need more than is installed: ${remedy}`);
}

/** The full path of a command, or null. */
export function findCommand(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** Whether an environment is that of a desktop on Wayland, also for a program that draws through its X server. */
export function isWayland(env: NodeJS.ProcessEnv): boolean {
  return env['XDG_SESSION_TYPE'] === 'wayland' || env['WAYLAND_DISPLAY'] !== undefined;
}

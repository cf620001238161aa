/**
 * Variables by which Node and Electron change how they run themselves: what they load first, where they listen and log,
 * which certificates they trust. They are for the user's programs, not for this one. The launcher `bin/sts-tray`
 * repeats the list.
 */
export const runtimeVariables: readonly string[] = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_ENV_PROXY',
  'NODE_USE_SYSTEM_CA',
  'NODE_USE_BUNDLED_CA',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_V8_COVERAGE',
  'NODE_COMPILE_CACHE',
  'NODE_PATH',
  'NODE_PRESERVE_SYMLINKS',
  'NODE_PRESERVE_SYMLINKS_MAIN',
  'NODE_PENDING_DEPRECATION',
  'NODE_REDIRECT_WARNINGS',
  'NODE_NO_WARNINGS',
  'NODE_ICU_DATA',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
  'NODE_UNIQUE_ID',
  'ELECTRON_RUN_AS_NODE',
  'ELECTRON_NO_ASAR',
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  'ELECTRON_ENABLE_STACK_DUMPING',
  'ELECTRON_FORCE_IS_PACKAGED',
  'ELECTRON_DEBUG_NOTIFICATIONS',
];

/**
 * Electron sets CHROME_DESKTOP and Chromium the others, for its own GTK, accessibility bridge and
 * input methods (ui/gtk). Whether the user had also set one is no longer known.
 */
export const chromiumVariables: readonly string[] = ['CHROME_DESKTOP', 'GDK_BACKEND', 'IBUS_ENABLE_SYNC_MODE', 'FCITX_ENABLE_SYNC_MODE', 'NO_AT_BRIDGE'];

/** An AppImage's runtime sets these about the app that it holds; a terminal would hand them on to every other app. */
export const appImageVariables: readonly string[] = ['APPIMAGE', 'APPDIR', 'ARGV0', 'OWD'];

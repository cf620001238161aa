/** Both of GNOME's desktops have the extension installed; one of them has it on. Nothing draws without Mesa's software renderer, and gjs runs the shell's notifications. */
const gnome = ['gnome-shell', 'gnome-shell-extension-appindicator', 'gnome-terminal', 'gjs', 'libgl1-mesa-dri'];

/**
 * The Debian packages of each desktop, beside those of all tests.
 * @type {Readonly<Record<string, { readonly title: string, readonly packages: readonly string[] }>>}
 */
export const desktops = {
  xfce: { title: 'XFCE', packages: ['xfce4-terminal'] },
  sway: { title: 'sway with waybar', packages: ['sway', 'waybar', 'swaybg', 'grim', 'wtype', 'wl-clipboard', 'foot'] },
  gnome: { title: 'GNOME Shell with icons', packages: gnome },
  'gnome-no-icons': { title: 'GNOME Shell without icons', packages: gnome },
  kde: { title: 'KDE Plasma', packages: ['plasma-desktop', 'kwin-x11', 'libkf5wallet-bin', 'konsole', 'libgl1-mesa-dri'] },
  bare: { title: 'Openbox alone', packages: ['openbox', 'kitty'] },
};

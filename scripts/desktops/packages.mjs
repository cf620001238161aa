/**
 * The Debian packages of each desktop, beside those of all tests.
 * @type {Readonly<Record<string, { readonly title: string, readonly packages: readonly string[] }>>}
 */
export const desktops = {
  xfce: { title: 'XFCE', packages: ['xfce4-terminal'] },
  sway: { title: 'sway with waybar', packages: ['sway', 'waybar', 'swaybg', 'grim', 'wtype', 'wl-clipboard', 'foot'] },
  bare: { title: 'Openbox alone', packages: ['openbox', 'kitty'] },
};

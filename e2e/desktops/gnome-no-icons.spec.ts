import { startGnome } from '../../testing/desktops/gnome.ts';
import { everydayOn } from './everyday.ts';

everydayOn({
  name: 'GNOME without icons',
  programs: ['gnome-shell', 'gjs', 'gnome-terminal'],
  start: () => startGnome({ icons: false }),
  tray: false,
  keychain: true,
  notifications: true,
});

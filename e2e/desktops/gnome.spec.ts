import { startGnome } from '../../testing/desktops/gnome.ts';
import { everydayOn } from './everyday.ts';

everydayOn({
  name: 'GNOME',
  programs: ['gnome-shell', 'gjs', 'gnome-terminal'],
  start: () => startGnome({ icons: true }),
  tray: true,
  keychain: true,
  notifications: true,
});

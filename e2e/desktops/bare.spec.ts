import { startBare } from '../../testing/desktops/bare.ts';
import { everydayOn } from './everyday.ts';

everydayOn({
  name: 'Openbox',
  programs: ['openbox', 'kitty'],
  start: startBare,
  tray: false,
  keychain: false,
  notifications: false,
});

import { startSway } from '../../testing/desktops/sway.ts';
import { everydayOn } from './everyday.ts';

everydayOn({
  name: 'sway',
  programs: ['sway', 'waybar', 'grim', 'wtype', 'wl-paste', 'foot'],
  start: startSway,
  tray: true,
  keychain: true,
  notifications: true,
});

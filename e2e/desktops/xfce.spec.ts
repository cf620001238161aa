import { startXfce } from '../../testing/desktops/xfce.ts';
import { everydayOn } from './everyday.ts';

everydayOn({
  name: 'XFCE',
  programs: ['xfce4-panel', 'xfwm4'],
  start: startXfce,
  tray: true,
  keychain: true,
  notifications: true,
});

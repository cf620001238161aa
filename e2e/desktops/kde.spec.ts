import { startKde } from '../../testing/desktops/kde.ts';
import { everydayOn } from './everyday.ts';

everydayOn({
  name: 'KDE Plasma',
  programs: ['plasmashell', 'kwin_x11', 'kwalletd5', 'konsole'],
  start: startKde,
  tray: true,
  keychain: true,
  notifications: true,
});

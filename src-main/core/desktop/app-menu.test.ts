import { describe, expect, it } from 'vitest';
import { shippedTexts } from '../../../testing/texts/shipped-texts.ts';
import { appMenu } from './app-menu.ts';

const texts = (language: 'en' | 'ja') =>
  appMenu(shippedTexts[language]).map(({ label, items }) => [label, ...items.map((item) => (item === 'separator' ? '—' : item.label))]);

const items = (language: 'en' | 'ja') => appMenu(shippedTexts[language]).flatMap((menu) => menu.items.filter((item) => item !== 'separator'));

describe('the menu bar of macOS', () => {
  it('the menu bar of macOS has neither developer tools nor a way to load a window again', () => {
    const roles = items('en').flatMap((item) => ('role' in item ? [item.role] : []));
    expect(roles).toEqual(['hide', 'hideOthers', 'unhide', 'undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'minimize', 'close']);
  });

  it('the menu bar of macOS quits as the menu of the icon does, which asks where something would be lost', () => {
    expect(items('en').flatMap((item) => ('command' in item ? [item] : []))).toEqual([
      { command: { name: 'quit', request: {} }, label: 'Quit STS Tray', accelerator: 'Command+Q' },
    ]);
  });

  it('the menu bar of macOS is in the language of the app', () => {
    expect(texts('en')).toEqual([
      ['STS Tray', 'Hide STS Tray', 'Hide Others', 'Show All', '—', 'Quit STS Tray'],
      ['Edit', 'Undo', 'Redo', '—', 'Cut', 'Copy', 'Paste', 'Select All'],
      ['Window', 'Minimize', 'Close'],
    ]);
    expect(texts('ja')).toEqual([
      ['STS Tray', 'STS Tray を非表示', 'ほかを非表示', 'すべてを表示', '—', 'STS Tray を終了'],
      ['編集', '取り消す', 'やり直す', '—', 'カット', 'コピー', 'ペースト', 'すべてを選択'],
      ['ウインドウ', 'しまう', '閉じる'],
    ]);
  });
});

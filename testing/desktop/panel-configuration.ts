import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Theme = 'light' | 'dark';

export const PANEL_HEIGHT = 30;

/** Settings of xfwm4, xfce4-panel and GTK, written before they start, so that neither asks anything at its first run. */
export async function writeDesktopConfiguration(configHome: string, theme: Theme): Promise<void> {
  const channels = join(configHome, 'xfce4', 'xfconf', 'xfce-perchannel-xml');
  const gtk = join(configHome, 'gtk-3.0');
  await Promise.all([mkdir(channels, { recursive: true }), mkdir(gtk, { recursive: true })]);
  await Promise.all([
    writeFile(join(channels, 'xfce4-panel.xml'), panelChannel(theme)),
    writeFile(join(channels, 'xfwm4.xml'), WINDOW_MANAGER_CHANNEL),
    writeFile(join(gtk, 'settings.ini'), gtkSettings(theme)),
  ]);
}

const gtkSettings = (theme: Theme): string => `[Settings]
gtk-theme-name=Adwaita
gtk-application-prefer-dark-theme=${theme === 'dark' ? 1 : 0}
gtk-enable-animations=0
`;

const WINDOW_MANAGER_CHANNEL = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfwm4" version="1.0">
  <property name="general" type="empty">
    <property name="workspace_count" type="int" value="1"/>
    <property name="use_compositing" type="bool" value="false"/>
    <property name="focus_new" type="bool" value="true"/>
    <property name="prevent_focus_stealing" type="bool" value="false"/>
    <property name="activate_action" type="string" value="bring"/>
  </property>
</channel>
`;

const panelChannel = (theme: Theme): string => `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="${theme === 'dark'}"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="double" value="100"/>
      <property name="size" type="uint" value="${PANEL_HEIGHT}"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;

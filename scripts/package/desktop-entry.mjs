import { parse } from 'yaml';

/**
 * The entry in the menus of a Linux desktop, of what `electron-builder.yml` says of it, as electron-builder writes it into
 * an AppImage: https://specifications.freedesktop.org/desktop-entry-spec/
 * @param {{ configuration: string, manifest: { productName: string, description: string, desktopName: string } }} sources
 *   the texts of electron-builder.yml and package.json, the second one parsed
 */
export function desktopEntry({ configuration, manifest }) {
  const { executableName, category, desktop } = parse(configuration).linux;
  const entry = {
    Type: 'Application',
    Name: manifest.productName,
    Comment: manifest.description,
    Exec: executableName,
    Icon: executableName,
    Terminal: 'false',
    Categories: `${category};`,
    StartupWMClass: manifest.desktopName.replace(/\.desktop$/, ''),
    ...desktop.entry,
  };
  return ['[Desktop Entry]', ...Object.entries(entry).map(([key, value]) => `${key}=${value}`), ''].join('\n');
}

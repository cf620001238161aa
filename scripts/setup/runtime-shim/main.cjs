// Stands in for Electron's default app, which the fallback runtime lacks: loads the app whose folder
// is the first argument, and leaves process.argv as Electron's own default app does.
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const start = parse(process.argv.slice(1));
for (const preload of start.preloads) require(path.resolve(preload));

if (start.folder) {
  load(path.resolve(start.folder));
} else {
  console.error('Say which app to start: electron [-r MODULE] FOLDER [ARGUMENT …]');
  app.exit(2);
}

function parse(args) {
  const preloads = [];
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '-r' || args[i] === '--require') preloads.push(args[(i += 1)]);
    else if (!args[i].startsWith('-')) return { folder: args[i], preloads };
  }
  return { folder: null, preloads };
}

function load(folder) {
  const { name, productName, version, desktopName, main, type } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  app.setName(productName ?? name);
  app.setVersion(version ?? '0.0.0');
  app.setDesktopName(desktopName ?? `${name}.desktop`);
  app.setAppPath(folder);
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  }
  const file = path.resolve(folder, main ?? 'index.js');
  const isModule = file.endsWith('.mjs') || (type === 'module' && !file.endsWith('.cjs'));
  if (isModule) {
    import(pathToFileURL(file).href).catch(fail);
  } else {
    require(file);
  }
}

function fail(error) {
  console.error(error);
  app.exit(1);
}

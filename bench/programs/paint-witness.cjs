// Loaded into an Electron app by NODE_OPTIONS: tells the Unix socket PAINT_WITNESS of each window when its page first painted
// content and when it was shown, in epoch milliseconds, and then closes it. It asks for the paint only once the page is loaded.
const { connect } = require('node:net');

const paint = `new Promise((resolve) => {
  const observer = new PerformanceObserver((list) => {
    const first = list.getEntriesByName('first-contentful-paint')[0];
    if (first !== undefined) resolve(performance.timeOrigin + first.startTime);
  });
  observer.observe({ type: 'paint', buffered: true });
})`;

/** How long a window stays after its paint, in milliseconds, so that its closing is no part of what is measured. */
const stayMs = 400;

function witness(window) {
  const shown = new Promise((resolve) => window.once('show', () => resolve(performance.timeOrigin + performance.now())));
  const painted = new Promise((resolve) => window.webContents.once('did-finish-load', () => resolve(window.webContents.executeJavaScript(paint))));
  void Promise.all([shown, painted]).then(([shownAt, paintedAt]) => {
    connect(process.env.PAINT_WITNESS).end(JSON.stringify({ shownAt, paintedAt }));
    setTimeout(() => window.close(), stayMs);
  });
}

// Electron is there only after what Node loads first.
setImmediate(() => require('electron').app.on('browser-window-created', (_event, window) => witness(window)));

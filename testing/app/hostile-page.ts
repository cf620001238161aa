// What somebody else's script would try, had it got into a page of the app. Each function runs in the page, on its own.

/** Loopback ports of servers that nobody is to reach. */
export type Elsewhere = { readonly tcp: number; readonly udp: number };

/** Names of the attempts that got something. Each has two seconds. */
export async function powersGained(): Promise<string[]> {
  const nothing = ['denied', 'prompt', 'unsupported'];
  const media = (wanted: MediaStreamConstraints) => () => navigator.mediaDevices.getUserMedia(wanted);
  const from =
    (name: string, method: string, ...args: unknown[]) =>
    async () => {
      const part = (navigator as unknown as Record<string, Record<string, (...all: unknown[]) => unknown> | undefined>)[name];
      if (part?.[method] === undefined) throw new Error('there is no such thing');
      return part[method](...args);
    };
  const global =
    (name: string, ...args: unknown[]) =>
    async () => {
      const call = (window as unknown as Record<string, ((...all: unknown[]) => unknown) | undefined>)[name];
      if (call === undefined) throw new Error('there is no such thing');
      return call.apply(window, args);
    };
  const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
    camera: media({ video: true }),
    microphone: media({ audio: true }),
    screen: from('mediaDevices', 'getDisplayMedia', { video: true }),
    place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
    notifications: () => Notification.requestPermission(),
    'reading the clipboard': from('clipboard', 'readText'),
    'reading the clipboard as items': from('clipboard', 'read'),
    usb: from('usb', 'requestDevice', { filters: [] }),
    'usb devices': from('usb', 'getDevices'),
    hid: from('hid', 'requestDevice', { filters: [] }),
    'hid devices': from('hid', 'getDevices'),
    serial: from('serial', 'requestPort'),
    'serial ports': from('serial', 'getPorts'),
    bluetooth: from('bluetooth', 'requestDevice', { acceptAllDevices: true }),
    midi: from('requestMIDIAccess', 'call', navigator),
    'the keyboard': from('keyboard', 'lock'),
    'the screen’s sleep': from('wakeLock', 'request', 'screen'),
    'the fonts of the system': global('queryLocalFonts'),
    'files of the user': global('showOpenFilePicker'),
    'a folder of the user': global('showDirectoryPicker'),
    'the screens': global('getScreenDetails'),
    'lasting storage': from('storage', 'persist'),
    'a window': async () => window.open('sts-tray://app/index.html?view=settings'),
    'a window of another site': async () => window.open('https://example.com/', '_blank', 'noopener=no'),
    'a service worker': async () => navigator.serviceWorker.register('sw.js'),
    node: async () =>
      (globalThis as { require?: unknown; process?: unknown }).require ?? (globalThis as { process?: unknown }).process ?? Promise.reject(new Error('none')),
    'a function from text': async () => {
      const make = Reflect.get(globalThis, 'Function') as (text: string) => unknown;
      return make('return 1');
    },
    'text as HTML': async () => {
      document.createElement('div').insertAdjacentHTML('beforeend', '<b>x</b>');
      return 'made';
    },
    'a script from elsewhere': () =>
      new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement('script'), { onload: resolve, onerror: reject });
        script.setAttribute('src', 'data:text/javascript,window.came=1');
        document.head.append(script);
      }),
  };
  const permissions = [
    'camera',
    'microphone',
    'geolocation',
    'notifications',
    'clipboard-read',
    'midi',
    'persistent-storage',
    'storage-access',
    'window-management',
    'local-fonts',
    'idle-detection',
  ];
  const isNothing = (value: unknown) =>
    value === null ||
    value === undefined ||
    value === false ||
    (typeof value === 'string' && nothing.includes(value)) ||
    (Array.isArray(value) && value.length === 0);
  const gained: string[] = [];
  for (const [name, attempt] of Object.entries(attempts)) {
    const late = new Promise((resolve) => setTimeout(resolve, 2_000, null));
    const value = await Promise.race([attempt(), late]).catch(() => null);
    if (!isNothing(value)) gained.push(name);
  }
  for (const name of permissions) {
    const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => null);
    if (status?.state === 'granted') gained.push(`the permission ${name}`);
  }
  return gained;
}

/** Sends to servers of this computer in every way that a page has; nothing says from here whether something arrived. */
export async function sendElsewhere({ tcp, udp }: Elsewhere): Promise<void> {
  const address = `http://127.0.0.1:${tcp}/`;
  const element = (tag: string, attributes: Readonly<Record<string, string>>) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      try {
        made.setAttribute(name, value);
      } catch {
        // Trusted Types refuse it.
      }
    }
    document.body.append(made);
    return made;
  };
  const tries: readonly (() => unknown)[] = [
    () => fetch(address, { mode: 'no-cors' }),
    () => fetch(address, { method: 'POST', body: 'x', keepalive: true, mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', address);
      request.send();
    },
    () => new WebSocket(`ws://127.0.0.1:${tcp}/`),
    () => new EventSource(address),
    () => navigator.sendBeacon(address, 'x'),
    () => Object.assign(new Image(), { src: address }),
    () => element('iframe', { src: address }),
    () => element('object', { data: address }),
    () => element('embed', { src: address }),
    () => element('webview', { src: address }),
    () => element('video', { src: address, autoplay: '' }),
    () => element('link', { rel: 'stylesheet', href: address }),
    () => element('link', { rel: 'prefetch', href: address }),
    () => element('link', { rel: 'preconnect', href: address }),
    () => element('link', { rel: 'manifest', href: address }),
    () => element('link', { rel: 'icon', href: `${address}icon.png` }),
    () => element('meta', { 'http-equiv': 'refresh', content: `0;url=${address}` }),
    () => element('a', { href: 'sts-tray://app/index.html', ping: address }).click(),
    () => element('a', { href: address, download: 'x' }).click(),
    () => element('a', { href: address, target: '_blank' }).click(),
    () => {
      const form = element('form', { action: address, method: 'post' });
      if (form instanceof HTMLFormElement) form.submit();
    },
    () => window.open(address),
    () => window.location.assign(address),
    async () => {
      const peer = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udp}` },
          { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'what is to get out', credential: 'x' },
          { urls: `turn:127.0.0.1:${udp}`, username: 'what is to get out', credential: 'x' },
        ],
      });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
    },
  ];
  for (const attempt of tries) {
    try {
      await Promise.race([attempt(), new Promise((resolve) => setTimeout(resolve, 100))]);
    } catch {
      // Refused at once.
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}

/** Calls every verb of the app with junk, after it has spoilt the page's own prototypes; returns the calls that were not refused. */
export async function junkTaken({ names, junk }: { readonly names: readonly string[]; readonly junk: readonly string[] }): Promise<string[]> {
  const api = window.stsTray as unknown as Record<string, (request: unknown) => Promise<void>>;
  const spoilt = {
    profile: 'default',
    all: true,
    promptId: 'p',
    code: '123456',
    questionId: 'q',
    permission: 'confirm',
    file: 'config',
    folder: '/',
    url: 'https://example.com/',
  };
  Object.assign(Object.prototype, spoilt);
  const taken: string[] = [];
  const circle: { self?: unknown } = {};
  circle.self = circle;
  const values: unknown[] = [
    ...junk.map((text) => JSON.parse(text) as unknown),
    undefined,
    Symbol('x'),
    () => 'x',
    circle,
    new Map([['profile', 'default']]),
    10n,
    new Proxy({}, {}),
    'x'.repeat(1_000_000),
  ];
  for (const name of names) {
    for (const [index, value] of values.entries()) {
      try {
        await api[name]?.(value);
        taken.push(`${name} of ${junk[index] ?? typeof value}`);
      } catch {
        // Refused, or nothing that could be sent.
      }
    }
  }
  for (const name of Object.keys(spoilt)) delete (Object.prototype as Record<string, unknown>)[name];
  return taken;
}

/** The requests that were not refused. */
export async function requestsTaken(requests: readonly { readonly name: string; readonly request: unknown }[]): Promise<string[]> {
  const api = window.stsTray as unknown as Record<string, (request: unknown) => Promise<void>>;
  const taken: string[] = [];
  for (const { name, request } of requests) {
    await api[name]?.(request).then(
      () => taken.push(name),
      () => undefined,
    );
  }
  return taken;
}

import { change } from './change.mjs';

/**
 * As `plantedFaults`, for the rows about names that others chose, and about what stands in the place of files and sockets.
 * @type {Readonly<Record<string, import('../planting.mjs').PlantedFault>>}
 */
export const ofNamesAndFiles = {
  'names with quotes, line breaks, escape sequences, marks that turn text round, letters from right to left and markup, of profiles and folders, in the running app':
    [
      change(
        'src-main/platform/bus/desktop-notifications.ts',
        "able.includes('body-markup') ? withoutMarkup(body) : body",
        'withoutMarkup(body) === body ? body : body',
      ),
    ],
  'such texts of files, programs and AWS in every window and state': [
    change(
      'src-renderer/texts/shown/shown-props.ts',
      "typeof value === 'string' ? shownText(value) : value",
      "typeof value === 'string' ? shownText(value) && value : value",
    ),
  ],
  'such names, and names of 4 KB, in menu, tooltip, notifications and the titles of terminals': [
    change('src-main/core/texts/translate.ts', '...shownValues(params) });', '...(shownValues(params) && params) });'),
  ],
  'values that look like placeholders and messages of the catalogues, in each failure': [
    change('src-main/core/texts/translate.ts', 'filled(messageOf(catalogue, key), {', 'filled(filled(messageOf(catalogue, key), params), {'),
  ],
  'any value in a sentence': [change('src-main/core/printable.ts', 'return rightToLeft.test(text) ?', "return rightToLeft.test(text) && text === '' ?")],
  'a profile whose name could pass for another one, or is too long to ask for': [
    change('src-main/core/aws-files/aws-file-sections.ts', "meaning.kind === 'profile' && canNameProfile(meaning.name)", "meaning.kind === 'profile'"),
  ],

  'files of the app that are FIFOs, folders, 50 MB or random bytes, in the running app': [
    change('src-main/platform/desktop/settings.ts', 'return failed(this.#keep(setAside))', "return 'missing'"),
  ],
  'junk, JSON of another shape, nested 100,000 deep, 50 MB, a folder, a FIFO or a device in the place of the settings': [
    change('src-main/platform/desktop/settings.ts', 'isWhole ? null : this.#keep(keepCopy)', 'isWhole ? null : null'),
  ],
  'the same in the place of the kept sessions': [
    change('src-main/vault/encrypted-file.ts', 'if (isNoUsualFile(error)) return failed(setAside(this.#file));', ''),
  ],
  'the same in the place of the access keys in the keychain': [
    change('src-main/vault/access-key-vault.ts', "if (isNoUsualFile(error)) return succeeded('damaged');", ''),
  ],
  'the same in the place of a file of the ledger': [change('src-main/broker/ledger/ledger-file.ts', 'readBytesMax = 128', 'readBytesMax = 1')],
  'an account or a project in the settings that is wrong, beside others with their marks of production and bindings': [
    change('src-main/core/kept-settings.ts', 'takes({ ...usual, [key]: entry })', 'takes({ ...value, [key]: entry })'),
  ],
  'any JSON as settings': [
    change('src-main/core/kept-settings.ts', 'if (parsed.success) return', 'if (parsed.success && Settings.safeParse(values).success) return'),
  ],

  'files, FIFOs, folders and links that were planted in the place of the socket, its folder or the runtime directory': [
    change('src-main/broker/local-api/socket.ts', "if (!found.isSocket()) throw new Unusable('it is no socket');", ''),
  ],
  'the same, in the running app': [
    change('src-main/app/local-api.ts', "else broker.store.notify({ kind: 'failed', profile: null, error: opened.error });", ''),
  ],
  'a socket of another app, or of another user, in the place of the socket': [
    change('src-main/broker/local-api/socket.ts', "if (await answers(address)) throw new Unusable('another app answers there');", ''),
  ],
  'an `XDG_RUNTIME_DIR` that is not there': [change('src-main/broker/local-api/socket.ts', 'recursive: true, mode: 0o700', 'recursive: true, mode: 0o755')],
  'an `XDG_RUNTIME_DIR` that is no full path': [change('src-main/core/local-api/api-address.ts', "if (runtime?.startsWith('/'))", 'if (runtime)')],
  'a list of open terminals that names a file of the user in the place of a run’s FIFO': [
    change('src-main/platform/programs/run-fifo.ts', 'if (!fstatSync(fd).isFIFO())', 'if (fstatSync(fd).isSocket())'),
  ],
};

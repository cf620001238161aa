import { z } from 'zod';
import { RefusedCall, variant, type BusConnection } from '../bus/bus-connection.ts';

const DBUSMENU = 'com.canonical.dbusmenu';
const ROOT = 0;

export interface MenuItem {
  readonly id: number;
  /** Without the underscores that mark a mnemonic. */
  readonly label: string;
  readonly enabled: boolean;
  readonly visible: boolean;
  readonly type: 'standard' | 'separator' | 'checkbox' | 'radio';
  /** Of a checkbox or radio item. */
  readonly checked?: boolean;
  readonly submenu: readonly MenuItem[];
}

/** One label per level, from the top of the menu. */
export type LabelPath = readonly (string | RegExp)[];

interface Layout {
  readonly id: number;
  readonly properties: z.infer<typeof itemProperties>;
  readonly children: readonly Layout[];
}

const itemProperties = z.looseObject({
  type: z.string().default('standard'),
  label: z.string().default(''),
  enabled: z.boolean().default(true),
  visible: z.boolean().default(true),
  'toggle-type': z.string().default(''),
  'toggle-state': z.number().default(-1),
});

const layout: z.ZodType<Layout> = z.lazy(() =>
  z.tuple([z.number(), itemProperties, z.array(layout)]).transform(([id, properties, children]) => ({ id, properties, children })),
);

/** A menu that a program exports over com.canonical.dbusmenu, used as a panel uses it. */
export class TrayMenu {
  readonly #bus: BusConnection;
  readonly #target: { readonly destination: string; readonly path: string };

  constructor(bus: BusConnection, target: { readonly destination: string; readonly path: string }) {
    this.#bus = bus;
    this.#target = target;
  }

  async items(): Promise<readonly MenuItem[]> {
    const args = { signature: 'iias', values: [ROOT, -1, []] };
    const [, root] = await this.#call('GetLayout', args);
    return layout.parse(root).children.map(menuItem);
  }

  /** Opens the menu level by level, as a pointer does, and clicks the item. Refuses an item that a user could not click. */
  async click(path: LabelPath): Promise<void> {
    await this.#aboutToShow(ROOT);
    let level = await this.items();
    for (const [depth, label] of path.entries()) {
      const item = level.find((candidate) => candidate.visible && isLabelled(candidate, label));
      if (item === undefined) {
        throw new Error(`No menu item ${String(label)} (there are: ${level.map((each) => each.label || '—').join(', ')})`);
      }
      if (!item.enabled) throw new Error(`The menu item ${item.label} is disabled`);
      if (depth === path.length - 1) {
        if (item.submenu.length > 0) throw new Error(`The menu item ${item.label} opens a submenu`);
        return this.#clicked(item.id);
      }
      await this.#aboutToShow(item.id);
      level = findItem(await this.items(), item.id)?.submenu ?? [];
    }
  }

  async #clicked(id: number): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    await this.#call('Event', { signature: 'isvu', values: [id, 'clicked', variant('s', ''), now] });
  }

  async #aboutToShow(id: number): Promise<void> {
    // Chromium refuses this for the root of a menu. Panels go on without an answer, and so does this one.
    await this.#call('AboutToShow', { signature: 'i', values: [id] }).catch(ignoreRefusal);
  }

  #call(member: string, args: { readonly signature: string; readonly values: readonly unknown[] }): Promise<readonly unknown[]> {
    return this.#bus.call({ ...this.#target, interface: DBUSMENU, member, args });
  }
}

function menuItem({ id, properties, children }: Layout): MenuItem {
  const type = itemType(properties);
  return {
    id,
    label: properties.label.replace(/_(_?)/g, '$1'),
    enabled: properties.enabled,
    visible: properties.visible,
    type,
    ...(type === 'checkbox' || type === 'radio' ? { checked: properties['toggle-state'] === 1 } : {}),
    submenu: children.map(menuItem),
  };
}

function itemType(properties: Layout['properties']): MenuItem['type'] {
  if (properties.type === 'separator') return 'separator';
  if (properties['toggle-type'] === 'checkmark') return 'checkbox';
  return properties['toggle-type'] === 'radio' ? 'radio' : 'standard';
}

function isLabelled(item: MenuItem, label: string | RegExp): boolean {
  return typeof label === 'string' ? item.label === label : label.test(item.label);
}

function ignoreRefusal(failure: unknown): void {
  if (!(failure instanceof RefusedCall)) throw failure;
}

function findItem(items: readonly MenuItem[], id: number): MenuItem | undefined {
  for (const item of items) {
    const found = item.id === id ? item : findItem(item.submenu, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

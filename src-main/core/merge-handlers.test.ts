import { expect, it } from 'vitest';
import { mergeHandlers } from './merge-handlers.ts';

const lights = { turnOn: (room: string) => `${room} is lit`, turnOff: (room: string) => `${room} is dark` };
const doors = { open: (door: number) => `door ${door} is open` };

it('the merged table has the handlers of all', () => {
  const house: typeof lights & typeof doors = mergeHandlers(lights, doors);
  expect([house.turnOn('hall'), house.turnOff('hall'), house.open(1)]).toEqual(['hall is lit', 'hall is dark', 'door 1 is open']);
});

it('a name that two tables handle does not compile', () => {
  // @ts-expect-error `open` is handled twice
  const house = mergeHandlers(lights, doors, { open: () => 'a window is open' });
  // Where it is let through, the last one wins.
  expect(house.open(1)).toBe('a window is open');
});

it('a table that lacks a handler does not compile as the whole', () => {
  // @ts-expect-error `open` is missing
  const house: typeof lights & typeof doors = mergeHandlers(lights);
  expect(house).not.toHaveProperty('open');
});

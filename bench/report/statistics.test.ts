import { describe, expect, test } from 'vitest';
import { quantileOf, ratiosOf, spreadOf } from './statistics.ts';

describe('the spread of measurements', () => {
  test('the spread of measurements is the median and the quartiles, whatever the order', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, lowerQuartile: 2, upperQuartile: 4, count: 5 });
  });

  test('the spread of measurements lies between two values where there is none in the middle', () => {
    expect(spreadOf([10, 20, 30, 40])).toEqual({ median: 25, lowerQuartile: 17.5, upperQuartile: 32.5, count: 4 });
  });

  test('the spread of measurements is one value when there is one', () => {
    expect(spreadOf([7])).toEqual({ median: 7, lowerQuartile: 7, upperQuartile: 7, count: 1 });
  });

  test('the spread of measurements does not move with one stray value', () => {
    expect(spreadOf([10, 11, 12, 13, 9000]).median).toBe(12);
  });

  test('the spread of measurements cannot be asked of no value', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('the ratios of two series', () => {
  test('the ratios of two series compare each measurement with its neighbour, so that a machine that slows down changes both', () => {
    expect(ratiosOf([11, 22, 33], [10, 20, 30])).toEqual([1.1, 1.1, 1.1]);
  });

  test('the ratios of two series need a neighbour for each', () => {
    expect(() => ratiosOf([1, 2], [1])).toThrow(RangeError);
  });
});

describe('a quantile of measurements', () => {
  test('a quantile of measurements is the value that a fraction of them does not exceed, whatever their order', () => {
    const values = Array.from({ length: 101 }, (_none, index) => 100 - index);
    expect([0, 0.5, 0.95, 0.99, 1].map((fraction) => quantileOf(values, fraction))).toEqual([0, 50, 95, 99, 100]);
  });
});

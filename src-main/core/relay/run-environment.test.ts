import { expect, it } from 'vitest';
import type { WayVariables } from '../../contract/relay/way-variables.ts';
import { ignoredEndpoints, pastRelay, runEnvironment, wayOf } from './run-environment.ts';

const address = 'http://127.0.0.1:1/token';
const run = { run: 'a run', address };
const environment = (env: WayVariables) => Object.fromEntries(runEnvironment(run, env));

it('STS’s address has the names that present and older providers read', () => {
  expect(environment({})).toEqual({
    AWS_ENDPOINT_URL_STS: address,
    AWS_STS_ENDPOINT: address,
    TF_AWS_STS_ENDPOINT: address,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    STS_TRAY_AWS_ENDPOINT_URL_STS: '',
    STS_TRAY_AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: '',
    STS_TRAY_RUN: 'a run',
  });
});

it('a run within a run goes past the relay of the outer one, to the endpoint that the user had set', () => {
  const own = { AWS_ENDPOINT_URL_STS: 'https://own.example', AWS_REGION: 'eu-west-1' };
  expect(wayOf({ ...own, ...environment(own), HOME: '/' })).toEqual(own);
  expect(wayOf(environment({}))).toEqual({});
});

it('what is started in a run and shall not go through the relay has the user’s own variables again', () => {
  expect(pastRelay({ HOME: '/' })).toEqual({ set: [], unset: [] });
  const own = { AWS_ENDPOINT_URL_STS: 'https://own.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  const { set, unset } = pastRelay(environment(own));
  expect(Object.fromEntries(set)).toEqual(own);
  expect([...unset].toSorted()).toEqual(Object.keys(environment({})).toSorted());
  expect(pastRelay(environment({}))).toEqual({ set: [], unset });
});

it('endpoints of other services that the environment ignores are not found by the way', () => {
  const endpoints = { AWS_ENDPOINT_URL: 'a', AWS_ENDPOINT_URL_S3: 'b', AWS_ENDPOINT_URL_STS: 'c', AWS_REGION: 'd' };
  expect(ignoredEndpoints({ ...endpoints, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True' })).toEqual(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3']);
  expect(ignoredEndpoints({ ...endpoints, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' })).toEqual([]);
  expect(ignoredEndpoints(endpoints)).toEqual([]);
});

it.each<[WayVariables, string]>([
  [{ HTTP_PROXY: 'http://p' }, '127.0.0.1'],
  [{ http_proxy: 'http://p', NO_PROXY: 'a.example' }, 'a.example,127.0.0.1'],
  [{ ALL_PROXY: 'http://p', NO_PROXY: 'a', no_proxy: 'b' }, 'b,127.0.0.1'],
  [{ HTTP_PROXY: 'http://p', NO_PROXY: '*' }, '*'],
  [{ HTTP_PROXY: 'http://p', NO_PROXY: 'a, 127.0.0.1' }, 'a, 127.0.0.1'],
])('a proxy does not get the calls: %j', (env, expected) => {
  expect(environment(env)).toMatchObject({ NO_PROXY: expected, no_proxy: expected });
});

it('without a proxy for http nothing is said about one, since NO_PROXY alone would hide the system’s', () => {
  expect(environment({ HTTPS_PROXY: 'http://p', NO_PROXY: 'a' })).not.toHaveProperty('NO_PROXY');
});

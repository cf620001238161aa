import { xml, type XmlContent } from './xml.ts';

/** The services that the gate answers itself, with their XML namespaces. */
export const queryServices = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
} as const;

export type QueryService = keyof typeof queryServices;

export function isQueryService(service: string): service is QueryService {
  return Object.hasOwn(queryServices, service);
}

/** A successful answer of the AWS query protocol; `result` is null for actions that return nothing. */
export function queryAnswer(service: QueryService, action: string, result: XmlContent, requestId: string): string {
  const body = xml({
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
  return `<${action}Response xmlns="${queryServices[service]}">${body}</${action}Response>`;
}

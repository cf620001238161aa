import { describe, expect, it } from 'vitest';
import { beginsWith, endsWith, holdsText, otherAccount, unknownPart, type Compared } from './stand-in.ts';

/** As of a role of which the session is not known; of a session nothing is known but the account. */
const arn = `arn:${unknownPart}:sts::${otherAccount(0)}:assumed-role/deploy/${unknownPart}`;

describe('of a text with parts that are not known', () => {
  it('what would need a colon in such a part is certainly not at its beginning or end, or in it', () => {
    expect([endsWith(arn, ':root'), endsWith(arn, ':deploy/x'), holdsText(arn, 'x:y:z'), holdsText(arn, 'role/admin')]).toEqual([false, false, false, null]);
    expect([beginsWith(arn, 'arn:aws:iam'), beginsWith(arn, 'arn::sts'), beginsWith(arn, 'arx')]).toEqual([false, false, false]);
  });

  it('what could stand in such a part, or across its ends, is not known to be there or not', () => {
    expect([holdsText(arn, 'AWSReservedSSO_'), holdsText(arn, 'aws:sts'), holdsText(arn, 'deploy/x'), endsWith(arn, 'root')]).toEqual([null, null, null, null]);
    expect([beginsWith(arn, 'arn:aws'), beginsWith(arn, 'arn:aws:sts::'), beginsWith(arn, 'arn:aws:sts::222222222222:assumed-role/')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('what stands between such parts is compared as anywhere else', () => {
    const compared: Compared = new Set();
    expect([holdsText(arn, ':assumed-role/deploy/'), holdsText(arn, ':222222222222:', compared), [...compared]]).toEqual([true, false, ['222222222222']]);
    expect(holdsText(arn, ':222222222222:')).toBeNull();
    const session = `arn:${unknownPart}:${unknownPart}::${otherAccount(0)}:${unknownPart}`;
    expect([holdsText(session, ':222222222222', compared), holdsText(session, '333333333333:', compared), holdsText(session, ':root')]).toEqual([
      false,
      false,
      null,
    ]);
  });
});

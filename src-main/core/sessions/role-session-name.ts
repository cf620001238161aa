/**
 * A name for role sessions of this user where the profile has no `role_session_name`: 2 to 64 of the
 * characters that AWS allows. CloudTrail shows it, so it is the user's own name as far as possible.
 */
export function roleSessionNameFor(userName: string): string {
  const name = userName.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64);
  return name.length < 2 ? ['sts-tray', name].filter(Boolean).join('-') : name;
}

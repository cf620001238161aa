/** What a window's page may load and do; sent with each file of it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No text becomes HTML or a script at run time: React builds elements, and nobody may make a policy that would let it.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

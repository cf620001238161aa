/** What an expression is to be: a kind of value, or of text. */
export type Kind =
  | ('text' | 'number' | 'boolean' | 'texts' | 'numbers' | 'set' | 'map' | 'object' | 'nested' | 'anything')
  | (
      | 'json'
      | 'yaml'
      | 'csv'
      | 'path'
      | 'cidr'
      | 'pattern'
      | 'time'
      | 'format'
      | 'base64'
      | 'small'
      | 'encoding'
      | 'duration'
      | 'namespace'
      | 'folder'
      | 'glob'
      | 'slashed'
      | 'large'
    );

/** The functions that are tried, with what they take and what they give. */
export const signatures: readonly (readonly [name: string, result: Kind, ...args: Kind[]])[] = [
  ...(
    [
      'lower',
      'upper',
      'title',
      'strrev',
      'trimspace',
      'chomp',
      'md5',
      'sha1',
      'sha256',
      'sha512',
      'base64sha256',
      'base64sha512',
      'base64encode',
      'urlencode',
    ] as const
  ).map((name) => [name, 'text', 'text'] as const),
  ...(['startswith', 'endswith', 'strcontains'] as const).map((name) => [name, 'boolean', 'text', 'text'] as const),
  ...(['trim', 'trimprefix', 'trimsuffix'] as const).map((name) => [name, 'text', 'text', 'text'] as const),
  ...(['abs', 'ceil', 'floor', 'signum'] as const).map((name) => [name, 'number', 'number'] as const),
  ...(['max', 'min'] as const).map((name) => [name, 'number', 'number', 'number', 'number'] as const),
  ...(['reverse', 'distinct', 'compact', 'sort', 'toset', 'tolist', 'flatten'] as const).map((name) => [name, 'texts', 'texts'] as const),
  ...(['setunion', 'setintersection', 'setsubtract'] as const).map((name) => [name, 'set', 'set', 'texts'] as const),
  ...(['dirname', 'basename', 'file', 'filebase64', 'filemd5', 'filesha1', 'filesha256', 'filesha512', 'filebase64sha256', 'filebase64sha512'] as const).map(
    (name) => [name, 'text', 'path'] as const,
  ),
  ['alltrue', 'boolean', 'texts'],
  ['anytrue', 'boolean', 'nested'],
  ['base64decode', 'text', 'base64'],
  ['can', 'boolean', 'anything'],
  ['chunklist', 'nested', 'texts', 'small'],
  ['cidrhost', 'text', 'cidr', 'small'],
  ['cidrnetmask', 'text', 'cidr'],
  ['cidrsubnet', 'text', 'cidr', 'small', 'small'],
  ['cidrsubnets', 'texts', 'cidr', 'small', 'small'],
  ['coalesce', 'text', 'text', 'text'],
  ['coalescelist', 'texts', 'texts', 'texts'],
  ['concat', 'texts', 'texts', 'texts'],
  ['contains', 'boolean', 'texts', 'text'],
  ['csvdecode', 'nested', 'csv'],
  ['element', 'text', 'texts', 'small'],
  ['fileexists', 'boolean', 'path'],
  ['fileset', 'set', 'folder', 'glob'],
  ['flatten', 'texts', 'nested'],
  ['format', 'text', 'format', 'anything'],
  ['format', 'text', 'format', 'large'],
  ['formatdate', 'text', 'format', 'time'],
  ['formatlist', 'texts', 'format', 'texts'],
  ['formatlist', 'texts', 'format', 'numbers'],
  ['indent', 'text', 'small', 'text'],
  ['index', 'number', 'texts', 'text'],
  ['join', 'text', 'text', 'texts'],
  ['jsondecode', 'object', 'json'],
  ['jsonencode', 'text', 'anything'],
  ['keys', 'texts', 'map'],
  ['length', 'number', 'anything'],
  ['log', 'number', 'number', 'small'],
  ['lookup', 'text', 'map', 'text', 'text'],
  ['matchkeys', 'texts', 'texts', 'texts', 'texts'],
  ['merge', 'map', 'map', 'object'],
  ['one', 'text', 'texts'],
  ['parseint', 'number', 'text', 'small'],
  ['pow', 'number', 'small', 'small'],
  ['range', 'numbers', 'small'],
  ['range', 'numbers', 'small', 'small'],
  ['regex', 'text', 'pattern', 'text'],
  ['regexall', 'texts', 'pattern', 'text'],
  ['replace', 'text', 'text', 'text', 'text'],
  ['replace', 'text', 'text', 'slashed', 'text'],
  ['setproduct', 'nested', 'texts', 'numbers'],
  ['setproduct', 'nested', 'set', 'set'],
  ['slice', 'texts', 'texts', 'small', 'small'],
  ['split', 'texts', 'text', 'text'],
  ['substr', 'text', 'text', 'small', 'small'],
  ['sum', 'number', 'numbers'],
  ['textdecodebase64', 'text', 'base64', 'encoding'],
  ['textencodebase64', 'text', 'text', 'encoding'],
  ['timeadd', 'text', 'time', 'duration'],
  ['timecmp', 'number', 'time', 'time'],
  ['tobool', 'boolean', 'text'],
  ['tomap', 'map', 'object'],
  ['tonumber', 'number', 'text'],
  ['toset', 'set', 'nested'],
  ['tostring', 'text', 'anything'],
  ['uuidv5', 'text', 'namespace', 'text'],
  ['transpose', 'nested', 'nested'],
  ['try', 'anything', 'anything', 'text'],
  ['values', 'texts', 'map'],
  ['yamldecode', 'object', 'yaml'],
  ['yamlencode', 'text', 'anything'],
  ['zipmap', 'map', 'texts', 'numbers'],
];

import type { BinaryOperator, Expression } from './syntax/expression.ts';
import { convert, together } from './values/convert.ts';
import { productOf, quotientOf, sumOf } from './values/binary-fraction.ts';
import { compare, decimalOfNumber, negative, numberValue, remainder, type Decimal } from './values/decimal.ts';
import { areEqual } from './values/equality.ts';
import type { Compared } from './values/stand-in.ts';
import { failure, isKnown, isList, isRecord, notKnown, type Value } from './values/value.ts';

export function unaryValue(operator: '!' | '-', value: Value): Value {
  if (value === null) return failure;
  const operand = convert(value, operator === '!' ? 'bool' : 'number');
  if (typeof operand === 'symbol') return operand;
  if (operator === '!') return !operand;
  // Zero has a sign in Terraform.
  return operand === 0 ? notKnown : -Number(operand);
}

export function binaryValue(operator: BinaryOperator, left: Value, right: Value, compared?: Compared): Value {
  if (left === failure || right === failure) return failureOf(operator, left, right);
  switch (operator) {
    case '==':
      return areEqual(left, right, compared) ?? notKnown;
    case '!=': {
      const equal = areEqual(left, right, compared);
      return equal === null ? notKnown : !equal;
    }
    case '&&':
      return logical(left, right, false);
    case '||':
      return logical(left, right, true);
    default:
      return ofNumbers(operator, left, right);
  }
}

/** A condition that is a number, be it known or not, is one that Terraform refuses. */
export function operandValue(operator: BinaryOperator, operand: Expression, value: Value): Value {
  return (operator === '&&' || operator === '||') && staticType(operand) === 'number' ? failure : value;
}

/** Newer versions of Terraform do not look at the second side where the first one decides. */
function failureOf(operator: BinaryOperator, left: Value, right: Value): Value {
  const decides = operator === '||' ? true : operator === '&&' ? false : null;
  return right === failure && decides !== null && convert(left, 'bool') === decides ? notKnown : failure;
}

/** `decides` on either side is the outcome, whatever the other side is. */
function logical(left: Value, right: Value, decides: boolean): Value {
  if (left === null || right === null) return failure;
  const sides = [convert(left, 'bool'), convert(right, 'bool')];
  if (sides.includes(failure)) return failure;
  if (sides.includes(decides)) return decides;
  return sides.includes(notKnown) ? notKnown : !decides;
}

function ofNumbers(operator: BinaryOperator, left: Value, right: Value): Value {
  if (left === null || right === null) return failure;
  const [a, b] = [convert(left, 'number'), convert(right, 'number')];
  if (a === failure || b === failure) return failure;
  if (typeof a !== 'number' || typeof b !== 'number') return notKnown;
  return calculated(operator, decimalOfNumber(a), decimalOfNumber(b));
}

function calculated(operator: BinaryOperator, a: Decimal, b: Decimal): Value {
  switch (operator) {
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    default:
  }
  const result = reckoned(operator, a, b);
  const mayBeNegativeZero = result?.digits === 0n && (a.digits < 0n || b.digits < 0n);
  return result === null || mayBeNegativeZero ? notKnown : numberValue(result);
}

/** Null where Terraform comes to another number, and for what is divided by zero, which it has several answers to. */
function reckoned(operator: BinaryOperator, a: Decimal, b: Decimal): Decimal | null {
  switch (operator) {
    case '+':
      return sumOf(a, b);
    case '-':
      return sumOf(a, negative(b));
    case '*':
      return productOf(a, b);
    default:
      if (b.digits === 0n) return null;
      return operator === '/' ? quotientOf(a, b) : remainder(a, b);
  }
}

type Conditional = Extract<Expression, { kind: 'conditional' }>;

/** Both sides become one type, as Terraform has it, whichever is chosen. */
export function conditionalValue({ condition, yes, no }: Conditional, evaluate: (part: Expression) => Value): Value {
  const said = evaluate(condition);
  if (said === null) return failure;
  const holds = convert(said, 'bool');
  if (holds === failure) return failure;
  const first = evaluate(yes);
  const second = evaluate(no);
  if (holds === notKnown) return first !== failure && areEqual(first, second) === true ? first : notKnown;
  const [chosen, other]: readonly [Value, Value] = holds === true ? [first, second] : [second, first];
  const [taken, beyond] = holds === true ? [yes, no] : [no, yes];
  if (typeof chosen === 'symbol' || other === failure || isNull(taken) || isNull(beyond)) return chosen;
  // A null that is no literal has a type, as a variable has, and that is not known here.
  if (chosen === null) return typeof other === 'object' && other !== null ? notKnown : null;
  if (other === null) return typeof chosen === 'string' ? chosen : notKnown;
  if (!isKnown(other)) return beside(chosen, beyond);
  const unified = isKnown(chosen) ? together([chosen, other]) : undefined;
  return unified === null ? failure : (unified?.[0] ?? notKnown);
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

/** A value beside one that is not known, and might make it another type. */
function beside(chosen: Value, other: Expression): Value {
  const type = staticType(other);
  if (type !== null && typeof chosen === 'object') return failure;
  if (hasOnlyTexts(chosen) || (type !== null && type === typeof chosen)) return chosen;
  return type === 'string' && (typeof chosen === 'number' || typeof chosen === 'boolean') ? convert(chosen, 'string') : notKnown;
}

function hasOnlyTexts(value: Value): boolean {
  if (isList(value)) return value.every(hasOnlyTexts);
  if (isRecord(value)) return Object.values(value).every(hasOnlyTexts);
  return typeof value === 'string' || value === notKnown;
}

const texts =
  'abspath base64decode base64encode base64sha256 base64sha512 basename chomp cidrhost cidrnetmask cidrsubnet dirname file filebase64 format formatdate indent join jsonencode lower md5 replace sha1 sha256 sha512 strrev substr templatefile textdecodebase64 textencodebase64 timeadd title tostring trim trimprefix trimspace trimsuffix upper urlencode uuidv5 yamlencode';
const numbers = 'abs ceil floor index length log max min parseint pow signum sum timecmp tonumber';
const booleans = 'alltrue anytrue can contains endswith fileexists startswith strcontains tobool';
const callTypes = new Map([
  ...texts.split(' ').map((name) => [name, 'string'] as const),
  ...numbers.split(' ').map((name) => [name, 'number'] as const),
  ...booleans.split(' ').map((name) => [name, 'boolean'] as const),
]);

/** The type that an expression has whatever its operands are; null where that depends on them. */
function staticType(expression: Expression): 'boolean' | 'number' | 'string' | null {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'boolean' ? 'boolean' : null;
    case 'template':
    case 'join':
      return 'string';
    case 'unary':
      return expression.operator === '!' ? 'boolean' : 'number';
    case 'binary':
      return /^[-+*/%]$/.test(expression.operator) ? 'number' : 'boolean';
    case 'call':
      return callTypes.get(expression.name) ?? null;
    default:
      return null;
  }
}

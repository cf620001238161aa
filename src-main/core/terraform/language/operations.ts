import type { BinaryOperator, Expression } from './syntax/expression.ts';
import { convert, together } from './values/convert.ts';
import { add, compare, decimalOfNumber, divide, multiply, numberValue, remainder, subtract, type Decimal } from './values/decimal.ts';
import { areEqual } from './values/equality.ts';
import type { Compared } from './values/stand-in.ts';
import { failure, isKnown, isList, isRecord, notKnown, type Value } from './values/value.ts';

export function unaryValue(operator: '!' | '-', value: Value): Value {
  if (value === null) return failure;
  const operand = convert(value, operator === '!' ? 'bool' : 'number');
  if (typeof operand === 'symbol') return operand;
  return operator === '!' ? !operand : -Number(operand) + 0;
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
    case '+':
      return numberValue(add(a, b));
    case '-':
      return numberValue(subtract(a, b));
    case '*':
      return numberValue(multiply(a, b));
    default:
  }
  // What is divided by zero is infinite, or a failure.
  if (b.digits === 0n) return a.digits === 0n || operator === '%' ? failure : notKnown;
  const result = operator === '/' ? divide(a, b) : remainder(a, b);
  return result === null ? notKnown : numberValue(result);
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
  const chosen = holds === true ? first : second;
  const other = holds === true ? second : first;
  if (typeof chosen === 'symbol' || other === failure || other === null || chosen === null) return chosen;
  if (!isKnown(other)) return beside(chosen, holds === true ? no : yes);
  const unified = isKnown(chosen) ? together([chosen, other]) : undefined;
  if (unified === null) return failure;
  return unified?.[0] ?? (hasOnlyTexts(chosen) ? chosen : notKnown);
}

/** A value beside one that is not known, and might make it another type. */
function beside(chosen: Value, other: Expression): Value {
  const type = staticType(other);
  if (hasOnlyTexts(chosen) || (type !== null && type === typeof chosen)) return chosen;
  return type === 'string' && (typeof chosen === 'number' || typeof chosen === 'boolean') ? convert(chosen, 'string') : notKnown;
}

function hasOnlyTexts(value: Value): boolean {
  if (isList(value)) return value.every(hasOnlyTexts);
  if (isRecord(value)) return Object.values(value).every(hasOnlyTexts);
  return typeof value === 'string' || value === notKnown;
}

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
      if (/^(can|contains|startswith|endswith|strcontains|alltrue|anytrue|tobool|fileexists)$/.test(expression.name)) return 'boolean';
      return /^(length|tonumber|sum|abs|ceil|floor)$/.test(expression.name)
        ? 'number'
        : /^(tostring|format|join|lower|upper|replace|substr)$/.test(expression.name)
          ? 'string'
          : null;
    default:
      return null;
  }
}

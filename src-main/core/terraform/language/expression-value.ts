import { callFunction } from './call-function.ts';
import type { Context } from './context.ts';
import { forValue, splatValue } from './iteration.ts';
import { binaryValue, conditionalValue, operandValue, unaryValue } from './operations.ts';
import { referenceOf, referencesIn } from './syntax/references.ts';
import type { Expression, Step } from './syntax/expression.ts';
import { parseTemplate } from './syntax/parse.ts';
import { textOf } from './values/convert.ts';
import { decimalOf, numberValue } from './values/decimal.ts';
import { attributeOf, elementOf } from './values/element.ts';
import { dependsOnStandIn } from './values/stand-in.ts';
import { byCodePoints, failure, isList, isSet, notKnown, record, type Value } from './values/value.ts';

/** The value of an expression: unknown where only Terraform can know it, a failure where Terraform refuses it. */
export function valueOf(expression: Expression, context: Context): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'number': {
      const decimal = decimalOf(expression.text);
      return decimal === null ? notKnown : numberValue(decimal);
    }
    case 'template':
      return joined(expression.parts.map((part) => valueOf(part, context)));
    case 'join': {
      const parts = forValue(expression.of, context, valueOf);
      return isList(parts) ? joined(parts) : parts;
    }
    case 'tuple':
      return tuple(expression.items.map((item) => valueOf(item, context)));
    case 'object':
      return object(expression.items.map(([key, value]) => [valueOf(key, context), valueOf(value, context)]));
    case 'traversal':
      return traversed(expression.root, expression.steps, context);
    case 'access':
      return stepped(valueOf(expression.of, context), expression.step, context);
    case 'splat':
      return splatValue(valueOf(expression.of, context), expression.each, (item) => valueOf(expression.each, { ...context, current: item }));
    case 'current':
      return context.current;
    case 'for':
      return forValue(expression, context, valueOf);
    case 'conditional':
      return conditionalValue(expression, (part) => valueOf(part, context));
    case 'unary':
      return unaryValue(expression.operator, valueOf(expression.of, context));
    case 'binary': {
      const { operator, left, right } = expression;
      const operand = (part: Expression): Value => operandValue(operator, part, valueOf(part, context));
      return binaryValue(operator, operand(left), operand(right), context.compared);
    }
    case 'call':
      return call(expression, context);
  }
}

/** What stands in a template, as one text. */
function joined(parts: readonly Value[]): Value {
  if (parts.some((part) => part === failure || (part !== notKnown && textOf(part) === null))) return failure;
  return parts.includes(notKnown) ? notKnown : parts.map(textOf).join('').normalize('NFC');
}

function tuple(items: readonly Value[]): Value {
  return items.includes(failure) ? failure : items;
}

export function object(items: readonly (readonly [key: Value, value: Value])[]): Value {
  if (items.some(([key, value]) => value === failure || (key !== notKnown && textOf(key) === null))) return failure;
  const names = items.map(([key]) => key);
  if (names.includes(notKnown)) return notKnown;
  // Two names of which one is the other account's may be one.
  if (names.length > 1 && names.some(dependsOnStandIn)) return notKnown;
  const entries = new Map<string, Value>(items.map(([key, value]) => [textOf(key) ?? '', value]));
  return record([...entries].sort(([a], [b]) => byCodePoints(a, b)));
}

function traversed(root: string, steps: readonly Step[], context: Context): Value {
  const bound = context.bound.get(root);
  if (bound !== undefined) return steps.reduce((value, step) => stepped(value, step, context), bound);
  const reference = referenceOf(root, steps);
  // A name such as `each` has no value without what follows it.
  return steps.slice(reference.names.length === 0 ? 0 : 1).reduce((value, step) => stepped(value, step, context), context.named(reference));
}

function stepped(value: Value, step: Step, context: Context): Value {
  if (step.kind === 'attribute') return attributeOf(value, step.name, context.compared);
  return elementOf(value, valueOf(step.key, context), context.compared);
}

function call({ name, args, isExpanded }: Extract<Expression, { kind: 'call' }>, context: Context): Value {
  // Terraform wants its template to be a reference.
  if (name === 'templatestring' && args[0]?.kind !== 'traversal' && args[0]?.kind !== 'access') return notKnown;
  // A value that a name stands for may be ephemeral: Terraform then makes null of it.
  if (name.replace(/^core::/, '') === 'ephemeralasnull' && args.some((arg) => referencesIn(arg).length > 0)) return notKnown;
  const values = args.map((arg) => valueOf(arg, context));
  const last = values.at(-1) ?? null;
  if (isExpanded && !isList(last)) return last === notKnown ? notKnown : failure;
  const given = isExpanded && isList(last) ? [...values.slice(0, -1), ...last] : values;
  if (isExpanded && isList(last) && isSet(last) && last.length > 1 && dependsOnStandIn(last)) return notKnown;
  const { surroundings, compared, providerNamed } = context;
  return callFunction(name, given, {
    surroundings,
    ...(providerNamed === undefined ? {} : { providerNamed }),
    ...(compared === undefined ? {} : { compared }),
    render: (template, names) => rendered(template, names, context),
  });
}

/** A template of its own: it has the names that it is given, and those of no scope. */
function rendered(template: string, names: Readonly<Record<string, Value>>, context: Context): Value {
  // HCL passes over the mark with which some editors begin a file.
  const tree = parseTemplate(template.replace(/^\uFEFF/, ''));
  if (tree === null) return notKnown;
  // What it is in one module it is in all: no function of a provider is known in it.
  const { providerNamed: _own, ...rest } = context;
  return valueOf(tree, { ...rest, named: () => failure, bound: new Map(Object.entries(names)), current: notKnown });
}

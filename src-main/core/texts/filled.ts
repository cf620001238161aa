/** A message with its values in the places of their names, such as `{{profile}}`; one that is not among them is left out. */
export function filled(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => (Object.hasOwn(values, name) ? `${values[name]}` : ''));
}

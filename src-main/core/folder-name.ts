/** The name of a folder, without the folders that it is in, on every system. */
export function folderName(folder: string): string {
  return folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder;
}

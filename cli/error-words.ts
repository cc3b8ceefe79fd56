const words: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EBUSY: "another program has it open",
  ELOOP: "its symbolic links go round in circles",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  EMFILE: "too many open files",
};

/** A failed system call in plain words. */
export function errorWords(error: unknown): string {
  const { code, message = "unknown error" } = error as Partial<NodeJS.ErrnoException>;
  return (code === undefined ? undefined : words[code]) ?? message;
}

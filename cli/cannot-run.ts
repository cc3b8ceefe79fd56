/** Why a command could not do its work: one sentence for the person, with what to do about it on lines of its own. */
export interface CannotRun {
  readonly cannotRun: string;
}

export function cannotRun(message: string): CannotRun {
  return { cannotRun: message };
}

export function isCannotRun(value: object): value is CannotRun {
  return "cannotRun" in value;
}

/** How far a pull is: bytes of the layers that are known so far. */
export interface PullProgress {
  readonly image: string;
  readonly done: number;
  readonly total: number;
}

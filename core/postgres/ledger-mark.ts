/** The comment of a scratch database begins with it where Switchback wrote it; no migration did, so none is told. */
export const ledgerMark = "switchback: ";

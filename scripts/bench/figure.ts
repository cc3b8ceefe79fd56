import { appendFileSync } from "node:fs";

/** Notes a figure that README and guides quote, where somebody collects them: `npm run bench -- --json`. */
export function figure(name: string, value: string): void {
  const file = process.env.SWITCHBACK_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ [name]: value })}\n`);
}

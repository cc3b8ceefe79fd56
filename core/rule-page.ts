/** Address of a rule's page. */
export function rulePage(rule: string): string {
  return `https://github.com/switchback/switchback/blob/main/docs/rules/${rule}.md`;
}

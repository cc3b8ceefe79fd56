import type { Report } from "#core/report/model.ts";
import { linesByFile } from "#core/report/text/source-lines.ts";

export interface RenderContext {
  readonly color: boolean;
  readonly width: number;
  readonly source: (file: string) => string | undefined;
  readonly fixCommand?: string;
}

type Render = (report: Report, context: RenderContext) => string;

/** What `--format` offers. Each renderer is loaded when it is asked for. */
const renderers = {
  terminal: async (): Promise<Render> => (await import("#core/report/terminal.ts")).renderTerminal,
  json: async (): Promise<Render> => (await import("#core/report/json.ts")).renderJson,
  sarif: async (): Promise<Render> => {
    const [{ sarif }, { everyRule }, { rulePage }] = await Promise.all([
      import("#core/report/sarif.ts"),
      import("#core/every-rule.ts"),
      import("#core/rule-page.ts"),
    ]);
    return (report, context) =>
      sarif(report, { rules: everyRule, helpUri: rulePage("{rule}"), lineText: lineTextOf(context) });
  },
  markdown: async (): Promise<Render> => {
    const { renderMarkdown } = await import("#core/report/markdown.ts");
    return (report) => `${renderMarkdown(report, { limit: Number.MAX_SAFE_INTEGER })}\n`;
  },
  github: async (): Promise<Render> =>
    (await import("#core/report/workflow-commands.ts")).renderWorkflowCommands,
  junit: async (): Promise<Render> => (await import("#core/report/junit.ts")).renderJunit,
  gitlab: async (): Promise<Render> => {
    const { renderGitlab } = await import("#core/report/gitlab.ts");
    return (report, context) => renderGitlab(report, lineTextOf(context));
  },
};

export type Format = keyof typeof renderers;
export const formats = Object.keys(renderers) as readonly Format[];

export async function render(format: Format, report: Report, context: RenderContext): Promise<string> {
  const renderer = await renderers[format]();
  return renderer(report, context);
}

function lineTextOf({ source }: RenderContext): (file: string, line: number) => string {
  const linesOf = linesByFile(source);
  return (file, line) => linesOf(file)?.line(line) ?? "";
}

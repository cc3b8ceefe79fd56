import * as vscode from "vscode";
import type { Finding } from "#core/report/model.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { source } from "./diagnostics.ts";
import { type FindingsAt, findingsAt } from "./findings-at.ts";
import { fromPosition, toPosition } from "./ranges.ts";
import { withoutOverlaps } from "./without-overlaps.ts";
import { workspaceEdit } from "./workspace-edit.ts";

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("switchback");
export const documentSelector: vscode.DocumentFilter[] = [{ language: "sql" }, { language: "postgres" }];

/** The lightbulb: what a rule offers, then ignoring it, then everything at once. */
export class CodeActions implements vscode.CodeActionProvider {
  readonly #folders: MigrationFolders;
  readonly #analysis: Analysis;

  constructor(folders: MigrationFolders, analysis: Analysis) {
    this.#folders = folders;
    this.#analysis = analysis;
  }

  static register(folders: MigrationFolders, analysis: Analysis): vscode.Disposable {
    return vscode.languages.registerCodeActionsProvider(
      documentSelector,
      new CodeActions(folders, analysis),
      {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
      },
    );
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    for (;;) {
      const checked = await this.#folders.of(document.uri)?.session.settled();
      const actions = await this.#actions(document, range, context);
      if (token.isCancellationRequested) return [];
      // Edits are places in the text that was checked: not in one that was edited, or opened, in the meantime, even
      // where that one has been checked by now.
      const session = this.#folders.of(document.uri)?.session;
      if (!session?.pending && session?.result === checked) return actions;
    }
  }

  async #actions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const all = await findingsAt(this.#folders, document);
    if (!all) return [];
    if (context.only && fixAllKind.contains(context.only) === false && context.only.contains(fixAllKind))
      return this.#fixAll(all, fixAllKind);
    const here = await findingsAt(this.#folders, document, range);
    if (!here) return [];
    const fixes = await Promise.all(here.findings.map((finding) => this.#fixes(finding, here, context)));
    // What says that a comment ignores nothing cannot be ignored by one.
    const silenced = here.findings.filter(({ rule }) => rule !== "unused-ignore");
    const ignores = await Promise.all(
      silenced.map((finding) => this.#ignores(finding, here, document, context)),
    );
    const together = here.findings.some((finding) => finding.fix)
      ? await this.#fixAll(all, vscode.CodeActionKind.QuickFix)
      : [];
    return [...fixes.flat(), ...firstOfTitle(ignores.flat()), ...together];
  }

  async #fixes(
    finding: Finding,
    { folder }: FindingsAt,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const actions: vscode.CodeAction[] = [];
    if (finding.fix) {
      const edit = workspaceEdit(finding.fix.edits, folder);
      if (edit) actions.push(action(finding.fix.title, finding, context, { edit, isPreferred: true }));
    }
    if (finding.rule === "duplicate-version" || finding.rule === "older-than-base") {
      const renumber = {
        command: "switchback.renumberMigration",
        title: "Renumber the folder",
        arguments: [folder.uri],
      };
      actions.push(action("Renumber behind the base branch...", finding, context, { command: renumber }));
    }
    if (finding.rule === "file-name" && finding.migration) {
      const rename = {
        command: "switchback.renameMigration",
        title: "Rename the migration",
        arguments: [folder.uriOf(finding.file)],
      };
      actions.push(action("Give both files one title...", finding, context, { command: rename }));
    }
    if (finding.rule === "missing-down" && finding.migration) {
      const propose = {
        command: "switchback.proposeDown",
        title: "Propose the down",
        arguments: [folder.uriOf(finding.file)],
      };
      actions.push(
        action("Create the down", finding, context, { command: propose, isPreferred: !finding.fix }),
      );
    }
    return actions;
  }

  async #ignores(
    finding: Finding,
    { folder, path }: FindingsAt,
    document: vscode.TextDocument,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const scopes = [
      ["statement", `Ignore ${finding.rule} on this statement`],
      ["file", `Ignore ${finding.rule} in this file`],
    ] as const;
    const position = fromPosition(toPosition(finding.range.start));
    const actions = scopes.map(async ([scope, title]) => {
      const comment = await this.#analysis.ignore({
        id: folder.session.id,
        file: path,
        rule: finding.rule,
        position,
        scope,
      });
      if (!comment) return undefined;
      const snippet = new vscode.SnippetString().appendText(comment.before);
      snippet.appendPlaceholder(comment.reason).appendText(comment.after);
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, [vscode.SnippetTextEdit.insert(document.positionAt(comment.offset), snippet)]);
      return action(title, finding, context, { edit });
    });
    return (await Promise.all(actions)).filter((it) => it !== undefined);
  }

  async #fixAll({ findings, folder }: FindingsAt, kind: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
    const fixes = findings.flatMap((finding) => (finding.fix ? [finding.fix.edits] : []));
    if (kind === vscode.CodeActionKind.QuickFix ? fixes.length < 2 : fixes.length === 0) return [];
    const edit = workspaceEdit(withoutOverlaps(fixes), folder);
    if (!edit) return [];
    const together = new vscode.CodeAction(`Fix all ${fixes.length} problems in this file`, kind);
    together.edit = edit;
    return [together];
  }
}

/** What is selected may hold many findings of one rule: nobody could tell their actions apart. */
function firstOfTitle(actions: readonly vscode.CodeAction[]): vscode.CodeAction[] {
  return actions.filter(({ title }, index) => actions.findIndex((it) => it.title === title) === index);
}

function action(
  title: string,
  finding: Finding,
  context: vscode.CodeActionContext,
  rest: { edit?: vscode.WorkspaceEdit; command?: vscode.Command; isPreferred?: boolean },
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = context.diagnostics.filter(
    (it) => it.source === source && it.message === finding.message,
  );
  return Object.assign(made, rest);
}

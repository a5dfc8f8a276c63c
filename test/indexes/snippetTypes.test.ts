import { join } from 'node:path';
import ts from 'typescript';
import { docSnippets } from '../support/docSnippets';

/** Blocks stand here for the compiler, so that it finds the SDK as a web client in this repository would. */
const FOLDER = join(__dirname, 'web-client');

describe('the code blocks of docs/web-client.md', () => {
  it('are sound TypeScript, by the strict compiler and the types of the SDK', () => {
    const blocks = new Map(
      docSnippets(join(__dirname, '../../docs/web-client.md')).map(({ name, source }) => [
        join(FOLDER, `${name}.ts`),
        source,
      ]),
    );
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      exactOptionalPropertyTypes: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
    };
    const disk = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (path) => blocks.has(path) || disk.fileExists(path),
      readFile: (path) => blocks.get(path) ?? disk.readFile(path),
      getSourceFile: (path, version, ...rest) => {
        const block = blocks.get(path);
        return block === undefined
          ? disk.getSourceFile(path, version, ...rest)
          : ts.createSourceFile(path, block, version);
      },
    };
    const program = ts.createProgram([...blocks.keys()], options, host);
    const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
      file: file?.fileName,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
    expect(faults).toEqual([]);
    expect(blocks.size).toBeGreaterThan(15);
  });
});

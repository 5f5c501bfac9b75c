import { build } from 'esbuild';

/** The man pages by their file names. Their source is TypeScript with the definitions of the commands, which is bundled to run here. */
export async function makeManPages(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['.ci/man-pages.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    // Of a command only its definition is needed.
    external: ['../services/*'],
  });
  const { manPages } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return await manPages(root);
}

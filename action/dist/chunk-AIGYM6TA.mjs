import{createRequire as _createRequire}from"node:module";import{fileURLToPath as _toPath}from"node:url";import{dirname as _dirname}from"node:path";const require=_createRequire(import.meta.url),__filename=_toPath(import.meta.url),__dirname=_dirname(__filename);
function e(n,o){let t=n.slice(0,o).split(/\r\n|\r|\n/);return{line:t.length,column:(t.at(-1)??"").length+1}}export{e as a};

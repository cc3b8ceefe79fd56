/**
 * pgsql-ast-parser, in a file of its own: it is loaded only once a syntax error was found, and a bundle gives the names of
 * a CommonJS package only to a static import.
 */
export { parse } from "pgsql-ast-parser";

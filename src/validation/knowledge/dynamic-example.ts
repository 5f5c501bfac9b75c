/** An operation whose parameter is filled by another, as it's called in `x-ms-dynamic-values`. */
export const calling = (extension: string): string => `{ "paths": {
  "/items": { "get": { "parameters": [
    { "name": "list", "in": "query", "type": "string" },
    { "name": "item", "in": "query", "type": "string", "x-ms-dynamic-values": ${extension} }] } },
  "/lists": { "get": { "operationId": "GetNames", "parameters": [
    { "name": "of", "in": "query", "required": true, "type": "string" }] } } } }`;

/** A call that passes a parameter on. */
export const listNames =
  '{ "operationId": "GetNames", "parameters": { "of": { "parameter": "list" } }, "value-path": "id" }';

/** The same with any extension. */
export const example = (extension: string): string => `{ "paths": { "/items": { "get": { "parameters": [
  { "name": "list", "in": "query", "type": "string" },
  { "name": "item", "in": "query", "type": "string",
    ${extension} }] } },
  "/lists": { "get": { "operationId": "GetItems", "parameters": [{ "name": "list", "in": "query" }] } } } }`;

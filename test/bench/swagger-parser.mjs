import { argv } from 'node:process';
import SwaggerParser from '@apidevtools/swagger-parser';

// What others make of the same files. It stops at the first fault of each.
for (const path of argv.slice(2)) await SwaggerParser.validate(path).catch(() => undefined);

import type { Json } from '@interstate/kernel';
import { below, type Site } from '../program/site.ts';
import { compileJsonataTemplate } from './jsonata-template.ts';
import { compilePayloadTemplate } from './payload-template.ts';
import type { Expression } from './scope.ts';

/** The template in a field, in the query language of its state; undefined where the field is absent. */
export function compileTemplate(raw: { readonly [field: string]: Json }, field: string, site: Site): Expression | undefined {
  const template = raw[field];
  if (template === undefined) return undefined;
  return (site.language === 'JSONata' ? compileJsonataTemplate : compilePayloadTemplate)(template, below(site, field));
}

import { isJsonObject, type JsonObject } from '@interstate/kernel';
import type { Report } from '../diagnostic.ts';
import { at, type Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { isSubstituted } from '../substitution.ts';
import { reportUnsupported } from './supported-fields.ts';

/** Tolerated failures may be set on inline Maps too, where they mean nothing. */
const DISTRIBUTED_FIELDS = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

/** A processor's mode goes with its execution type, with the fields of its Map, and with the type of machine. */
export const mapProcessors: Rule = (machine, report) => {
  for (const { raw, place, type, refused, distributed } of machine.states) {
    if (type !== 'Map' || refused) continue;
    let mode: unknown = 'INLINE';
    for (const field of ['ItemProcessor', 'Iterator']) {
      const processor = raw[field];
      if (!isJsonObject(processor) || !isJsonObject(processor['ProcessorConfig'])) continue;
      const config = processor['ProcessorConfig'];
      mode = config['Mode'] ?? 'INLINE';
      checkConfig(config, at(at(place, field), 'ProcessorConfig'), report);
      if (distributed && machine.type === 'EXPRESS') {
        const message = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
        report('SCHEMA_VALIDATION_FAILED', message, at(at(at(place, field), 'ProcessorConfig'), 'Mode'));
      }
    }
    if (distributed || isSubstituted(mode)) continue;
    for (const field of DISTRIBUTED_FIELDS) {
      if (Object.hasOwn(raw, field)) reportUnsupported(field, place, report, `'${field}' needs ProcessorConfig { "Mode": "DISTRIBUTED" }.`);
    }
  }
};

function checkConfig(config: JsonObject, place: Place, report: Report): void {
  if (isSubstituted(config['Mode'])) return;
  const hasType = Object.hasOwn(config, 'ExecutionType');
  if (config['Mode'] === 'DISTRIBUTED' && !hasType) report('SCHEMA_VALIDATION_FAILED', 'These fields are required: [ExecutionType]', place);
  if ((config['Mode'] ?? 'INLINE') === 'INLINE' && hasType) reportUnsupported('ExecutionType', place, report);
}

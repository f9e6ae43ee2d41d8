export function generateDefinitionShape(): string;
export function committedDefinitionShape(): string;

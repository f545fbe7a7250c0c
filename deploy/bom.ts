// A CycloneDX 1.5 bill of materials as npm writes it (https://cyclonedx.org/docs/1.5/json/): the part
// that is shipped, and what is wrong with it.

export interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

export interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn?: readonly string[];
  }[];
}

export interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly link?: boolean; readonly dev?: boolean }>
  >;
}

/**
 * The components that are no development dependencies, under their packages' names: npm names those
 * of the workspace after their folders. npm's own `--omit=dev` is not used, because it also leaves out
 * what one package needs only for development and another one in production.
 */
export function productionBom(bom: Bom): Bom {
  const components = bom.components.filter(({ properties = [] }) =>
    properties.every(({ name }) => name !== 'cdx:npm:package:development'),
  );
  const kept = new Set([bom.metadata.component, ...components].map(one => one['bom-ref']));
  return {
    ...bom,
    metadata: { ...bom.metadata, component: withPackageName(bom.metadata.component) },
    components: components.map(withPackageName),
    dependencies: bom.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(on => kept.has(on)) })),
  };
}

/** Sentences on required fields that are missing or wrong, and on packages missing or left over. */
export function findBomProblems(bom: Bom, lockFile: LockFile): string[] {
  const refs = bom.components.map(component => component['bom-ref']);
  const known = new Set([bom.metadata.component['bom-ref'], ...refs]);
  const expected = shippedPackages(lockFile);
  const referred = bom.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
  return [
    ...(bom.bomFormat === 'CycloneDX' && bom.specVersion === '1.5' ? [] : ['not CycloneDX 1.5']),
    ...(/^urn:uuid:[0-9a-f-]{36}$/.test(bom.serialNumber) ? [] : ['the serial number is no UUID']),
    ...(known.size === refs.length + 1 ? [] : ['a reference occurs twice']),
    ...[bom.metadata.component, ...bom.components].flatMap(componentProblems),
    ...referred.filter(ref => !known.has(ref)).map(ref => `${ref} is referred to, but not listed`),
    ...[...expected].filter(ref => !known.has(ref)).map(ref => `${ref} is not listed`),
    ...bom.components
      .filter(component => !isOwn(component) && !expected.has(component['bom-ref']))
      .map(component => `${component['bom-ref']} is listed, but not shipped`),
  ];
}

function componentProblems(component: Component): string[] {
  const { 'bom-ref': ref, type, name, version, purl, hashes = [] } = component;
  const hasChecksum = hashes.some(
    ({ alg, content }) => alg === 'SHA-512' && /^[0-9a-f]{128}$/.test(content),
  );
  return [
    ...(/^(application|library)$/.test(type) ? [] : [`${ref} has no type`]),
    ...(`${name}@${version}` === ref ? [] : [`${ref} is named ${name}@${version}`]),
    ...(purl.startsWith('pkg:npm/') ? [] : [`${ref} has no package URL`]),
    ...(hasChecksum || isOwn(component) ? [] : [`${ref} has no checksum`]),
  ];
}

function shippedPackages({ packages }: LockFile): ReadonlySet<string> {
  return new Set(
    Object.entries(packages)
      .filter(([path, { link, dev }]) => path.includes('node_modules/') && !link && !dev)
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
  );
}

/** The packages of this repository are not downloaded, so they have no checksum. */
function isOwn(component: Component): boolean {
  return /^(digits|@digits\/[\w-]+)@/.test(component['bom-ref']);
}

function withPackageName(component: Component): Component {
  const ref = component['bom-ref'];
  return { ...component, name: ref.slice(0, ref.lastIndexOf('@')) };
}

// The part of the WebAssembly JavaScript interface that the kernels use; TypeScript has it only
// among the types of browsers, with everything else of theirs.

declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: {
      readonly initial: number;
      readonly maximum: number;
      readonly shared?: boolean;
    });
    readonly buffer: ArrayBufferLike;
  }
  class Module {
    /** @throws CompileError when the bytes are no module that this engine can run */
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: { readonly env: { readonly memory: Memory } });
    readonly exports: unknown;
  }
}

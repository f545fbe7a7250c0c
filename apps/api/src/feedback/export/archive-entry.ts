// A file of an archive.

export interface ArchiveFile {
  readonly name: string;
  /** The length of all chunks together, which stands before them in the archive. */
  readonly size: number;
  readonly modifiedAt: Date;
  /** Made one by one, as the one before is taken. */
  readonly chunks: Iterable<Uint8Array>;
}

// Builds multipart/form-data, valid or not.

interface Part {
  readonly name: string;
  /** Absent for a text field. */
  readonly filename?: string;
  readonly type?: string;
  readonly content: Buffer | string;
}

const boundary = 'test-boundary';

export const formHeaders = { 'content-type': `multipart/form-data; boundary=${boundary}` };

export function formBody(...parts: readonly Part[]): Buffer {
  return Buffer.concat([...parts.map(encodePart), Buffer.from(`--${boundary}--\r\n`)]);
}

/** A valid form with one file. */
export function fileForm(content: Buffer | string): Buffer {
  return formBody({ name: 'file', filename: 'digit.png', type: 'image/png', content });
}

function encodePart({ name, filename, type, content }: Part): Buffer {
  const disposition = `form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: ${disposition}`,
    ...(type ? [`Content-Type: ${type}`] : []),
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n')), Buffer.from(content), Buffer.from('\r\n')]);
}

// Where the files of pen strokes that people are likely to have come from, for the cards of models.

interface Origin {
  readonly source: string;
  readonly licence: string;
}

/** By the file's name. */
export const strokeOrigins: Readonly<Record<string, Origin>> = {
  'pendigits-train': {
    source:
      'UCI Pen-Based Recognition of Handwritten Digits, original trajectories, training part; ' +
      'Alpaydin and Alimoglu 1998',
    licence: 'CC BY 4.0',
  },
  'unipen-train': {
    source:
      'UNIPEN train_r01_v07, category 1a, https://doi.org/10.5281/zenodo.1195803; Guyon, ' +
      'Schomaker, Plamondon, Liberman and Janet 1994',
    licence: 'CC BY 4.0',
  },
  'uji-digits': {
    source: 'UCI UJI Pen Characters',
    licence: 'CC BY 4.0',
  },
  'uji-letters': {
    source: 'UCI UJI Pen Characters',
    licence: 'CC BY 4.0',
  },
};

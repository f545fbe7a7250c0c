// The size of the images and the classes of a network that was not trained on digits in the form of MNIST's,
// and their limits.

/** Maximum number of inputs or outputs of a layer, and so of the pixels of an image, in a model file. */
export const maxLayerSize = 1 << 16;

/** Maximum number of classes: labels are bytes, and samples use 255 for outliers. */
export const maxClasses = 255;

/** Maximum length of the name of a class in characters. */
export const maxClassNameLength = 100;

/** The form of a data set, as a model file keeps it. */
export interface DataForm {
  readonly rows: number;
  readonly columns: number;
  /** label of the first class in the data's files; class k has the label firstLabel + k */
  readonly firstLabel: number;
  /** names of the classes, at least two */
  readonly classes: readonly string[];
}

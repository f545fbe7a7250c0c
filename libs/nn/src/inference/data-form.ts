// The size of the images and the classes of a network that was not trained on digits in the form of MNIST's.

/** The form of a data set, as a model file keeps it. */
export interface DataForm {
  readonly rows: number;
  readonly columns: number;
  /** label of the first class in the data's files; class k has the label firstLabel + k */
  readonly firstLabel: number;
  /** names of the classes, at least two */
  readonly classes: readonly string[];
}

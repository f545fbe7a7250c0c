// A histogram for prom-client's registry, for what every request measures. prom-client's own validates and hashes
// the labels, and converts the bound of a bucket to text, at each observation.

import type { Metric, Registry } from 'prom-client';

type Labels = Readonly<Record<string, string | number>>;

export interface HistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds of the buckets, ascending. */
  readonly buckets: readonly number[];
}

/** The observations with one set of labels. */
export class Series {
  readonly #labels: Labels;
  readonly #bounds: readonly number[];
  /** [bucket]; the last one has no bound */
  readonly #counts: Float64Array;
  #sum = 0;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.#labels = labels;
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let bucket = 0;
    while (bucket < this.#bounds.length && value > this.#bounds[bucket]!) bucket++;
    this.#counts[bucket]!++;
    this.#sum += value;
  }

  /** The samples of the exposition format: cumulative counts, the sum, and the count. */
  samples(name: string) {
    let count = 0;
    const buckets = Array.from(this.#counts, (inBucket, i) => {
      count += inBucket;
      const labels = { le: this.#bounds[i] ?? '+Inf', ...this.#labels };
      return { metricName: `${name}_bucket`, labels, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: this.#labels, value: this.#sum },
      { metricName: `${name}_count`, labels: this.#labels, value: count },
    ];
  }
}

export class Histogram {
  readonly name: string;
  readonly #options: HistogramOptions;
  readonly #series: Series[] = [];

  constructor(registry: Registry, options: HistogramOptions) {
    this.name = options.name;
    this.#options = options;
    // The registry uses `name` and `get` only; its type allows the classes of prom-client alone.
    registry.registerMetric(this as unknown as Metric);
  }

  /** Call once for a set of labels, and keep the series. */
  series(labels: Labels): Series {
    const series = new Series(labels, this.#options.buckets);
    this.#series.push(series);
    return series;
  }

  /** What the registry writes at a scrape. */
  async get() {
    const { name, help } = this.#options;
    const values = this.#series.flatMap(series => series.samples(name));
    return { name, help, type: 'histogram', values, aggregator: 'sum' };
  }
}

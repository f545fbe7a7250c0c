// Element-wise kernels: the derivative of ReLU, the optimizer steps and averaging. Four lanes at a time,
// then the remainder; arrays are addresses of `length` values.

/** dValues = values > 0 ? dValues : 0 */
export function reluBackward(dValues: usize, values: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const end = dValues + <usize>length * 4;
  while (dValues + 16 <= end) {
    const passed = f32x4.gt(v128.load(values), zero);
    v128.store(dValues, v128.and(passed, v128.load(dValues)));
    dValues += 16;
    values += 16;
  }
  while (dValues < end) {
    f32.store(dValues, f32.load(values) > 0 ? f32.load(dValues) : 0);
    dValues += 4;
    values += 4;
  }
}

/**
 * g = gradient + weightDecay · parameter
 * velocity ← momentum · velocity + g
 * parameter ← parameter − learningRate · (gradientWeight · g + velocityWeight · velocity)
 */
export function momentumStep(
  parameter: usize,
  velocity: usize,
  gradient: usize,
  length: i32,
  learningRate: f32,
  momentum: f32,
  weightDecay: f32,
  gradientWeight: f32,
  velocityWeight: f32,
): void {
  const decays = f32x4.splat(weightDecay);
  const momenta = f32x4.splat(momentum);
  const gradientRates = f32x4.splat(learningRate * gradientWeight);
  const velocityRates = f32x4.splat(learningRate * velocityWeight);
  const end = parameter + <usize>length * 4;
  while (parameter + 16 <= end) {
    const p = v128.load(parameter);
    const g = f32x4.add(v128.load(gradient), f32x4.mul(decays, p));
    const v = f32x4.add(f32x4.mul(momenta, v128.load(velocity)), g);
    v128.store(velocity, v);
    const step = f32x4.add(f32x4.mul(gradientRates, g), f32x4.mul(velocityRates, v));
    v128.store(parameter, f32x4.sub(p, step));
    parameter += 16;
    velocity += 16;
    gradient += 16;
  }
  while (parameter < end) {
    const p = f32.load(parameter);
    const g = f32.load(gradient) + weightDecay * p;
    const v = momentum * f32.load(velocity) + g;
    f32.store(velocity, v);
    f32.store(
      parameter,
      p - (learningRate * gradientWeight * g + learningRate * velocityWeight * v),
    );
    parameter += 4;
    velocity += 4;
    gradient += 4;
  }
}

/**
 * mean ← β₁ · mean + (1 − β₁) · gradient; square ← β₂ · square + (1 − β₂) · gradient²
 * parameter ← decayFactor · parameter − stepSize · mean / (√square · squareScale + epsilon)
 *
 * decayFactor is 1 − learningRate · weightDecay; stepSize and squareScale hold the bias corrections.
 */
export function adamStep(
  parameter: usize,
  mean: usize,
  square: usize,
  gradient: usize,
  length: i32,
  beta1: f32,
  beta2: f32,
  stepSize: f32,
  squareScale: f32,
  epsilon: f32,
  decayFactor: f32,
): void {
  const betas1 = f32x4.splat(beta1);
  const rest1 = f32x4.splat(1 - beta1);
  const betas2 = f32x4.splat(beta2);
  const rest2 = f32x4.splat(1 - beta2);
  const stepSizes = f32x4.splat(stepSize);
  const scales = f32x4.splat(squareScale);
  const epsilons = f32x4.splat(epsilon);
  const decayFactors = f32x4.splat(decayFactor);
  const end = parameter + <usize>length * 4;
  while (parameter + 16 <= end) {
    const g = v128.load(gradient);
    const m = f32x4.add(f32x4.mul(betas1, v128.load(mean)), f32x4.mul(rest1, g));
    const s = f32x4.add(f32x4.mul(betas2, v128.load(square)), f32x4.mul(rest2, f32x4.mul(g, g)));
    v128.store(mean, m);
    v128.store(square, s);
    const below = f32x4.add(f32x4.mul(f32x4.sqrt(s), scales), epsilons);
    const step = f32x4.div(f32x4.mul(stepSizes, m), below);
    v128.store(parameter, f32x4.sub(f32x4.mul(decayFactors, v128.load(parameter)), step));
    parameter += 16;
    mean += 16;
    square += 16;
    gradient += 16;
  }
  while (parameter < end) {
    const g = f32.load(gradient);
    const m = beta1 * f32.load(mean) + (1 - beta1) * g;
    const s = beta2 * f32.load(square) + (1 - beta2) * (g * g);
    f32.store(mean, m);
    f32.store(square, s);
    const below = sqrt<f32>(s) * squareScale + epsilon;
    f32.store(parameter, decayFactor * f32.load(parameter) - (stepSize * m) / below);
    parameter += 4;
    mean += 4;
    square += 4;
    gradient += 4;
  }
}

/** averages ← averages + weight · (values − averages) */
export function average(averages: usize, values: usize, length: i32, weight: f32): void {
  const weights = f32x4.splat(weight);
  const end = averages + <usize>length * 4;
  while (averages + 16 <= end) {
    const old = v128.load(averages);
    const step = f32x4.mul(weights, f32x4.sub(v128.load(values), old));
    v128.store(averages, f32x4.add(old, step));
    averages += 16;
    values += 16;
  }
  while (averages < end) {
    const old = f32.load(averages);
    f32.store(averages, old + weight * (f32.load(values) - old));
    averages += 4;
    values += 4;
  }
}

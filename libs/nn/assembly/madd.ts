// Multiply-add: the one operation in which the two variants of this module differ.

/**
 * a · b + c, lane by lane. With the relaxed SIMD feature this is one fused instruction where the
 * processor has it, rounded once; without it a product and a sum, rounded twice. The compiler
 * inlines it.
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

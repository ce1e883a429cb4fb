package io.github.llm4j.formats.safetensors;

/** Element types of safetensors files; the names are the format's. */
public enum ElementType {
  /** Truth value in a byte. */
  BOOL(8),
  /** Float of 4 bits. */
  F4(4),
  /** Float of 6 bits, 2 of exponent. */
  F6_E2M3(6),
  /** Float of 6 bits, 3 of exponent. */
  F6_E3M2(6),
  /** Unsigned byte. */
  U8(8),
  /** Signed byte. */
  I8(8),
  /** Float of 8 bits, 5 of exponent. */
  F8_E5M2(8),
  /** Float of 8 bits, 4 of exponent. */
  F8_E4M3(8),
  /** Exponent alone. */
  F8_E8M0(8),
  /** Signed 16-bit integer. */
  I16(16),
  /** Unsigned 16-bit integer. */
  U16(16),
  /** IEEE half. */
  F16(16),
  /** Upper half of a single. */
  BF16(16),
  /** Signed 32-bit integer. */
  I32(32),
  /** Unsigned 32-bit integer. */
  U32(32),
  /** IEEE single. */
  F32(32),
  /** Complex number of two singles. */
  C64(64),
  /** IEEE double. */
  F64(64),
  /** Signed 64-bit integer. */
  I64(64),
  /** Unsigned 64-bit integer. */
  U64(64);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  /** Bits of an element. */
  public int bits() {
    return bits;
  }
}

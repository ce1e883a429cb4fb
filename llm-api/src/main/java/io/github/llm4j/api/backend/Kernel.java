package io.github.llm4j.api.backend;

/**
 * How a backend computes one op over operands of fixed specs; made once per plan entry.
 *
 * @implSpec {@link #bind} may create library objects and read nothing but addresses. The launch
 *     that it returns writes every wanted output whole (or adds to it, where asked), allocates
 *     nothing and checks nothing.
 */
public interface Kernel {

  /** Scratch memory that a launch needs, in bytes. */
  default long workspaceBytes() {
    return 0;
  }

  /**
   * Whether the kernel can add to what output {@code index} holds instead of overwriting it, as a
   * product does with beta = 1.
   */
  default boolean accumulates(int index) {
    return false;
  }

  /**
   * Whether output {@code output} may lie in the memory of operand {@code input}, of the same
   * bytes: true for element-wise kernels that read an element before they write it.
   */
  default boolean inPlace(int output, int input) {
    return false;
  }

  /** Ties the kernel to addresses that stay the same for all steps. */
  Launch bind(Bindings bindings);
}

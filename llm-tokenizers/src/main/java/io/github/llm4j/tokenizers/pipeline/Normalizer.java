package io.github.llm4j.tokenizers.pipeline;

/** Changes a text before it is cut. Threading: immutable. */
public interface Normalizer extends Component {

  /**
   * Makes a stage that hands on each piece as the model shall see it, whole; a piece of which
   * nothing is left isn't handed on.
   *
   * @param aligned whether its texts know where their bytes come from
   */
  Stage open(boolean aligned, Stage next);

  /**
   * Whether texts may be parted between these two characters and changed each for itself: the
   * results joined are what becomes of the whole.
   */
  boolean parts(int before, int after);
}

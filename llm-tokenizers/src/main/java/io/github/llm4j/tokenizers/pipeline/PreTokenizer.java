package io.github.llm4j.tokenizers.pipeline;

/** Cuts a text into words, which the model turns into ids one by one. Threading: immutable. */
public interface PreTokenizer extends Component {

  /**
   * Makes a stage that hands on each piece word by word.
   *
   * @param aligned whether its texts know where their bytes come from
   */
  Stage open(boolean aligned, Stage next);

  /**
   * Whether a word always ends between these two characters, whatever stands around them: where a
   * long text may be taken apart.
   */
  boolean alwaysParts(int before, int after);

  /** Whether its words, joined, are always the text. */
  default boolean keeps() {
    return false;
  }
}

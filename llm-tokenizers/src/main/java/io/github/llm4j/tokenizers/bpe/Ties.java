package io.github.llm4j.tokenizers.bpe;

/** Which of two pairs that occur equally often becomes a symbol first. Threading: one thread. */
interface Ties {
  /** The pair whose first symbol is older, or else the second: as the Rust library decides. */
  Ties OLDER =
      new Ties() {
        @Override
        public void add(int left, int right) {}

        @Override
        public int compare(int left, int right, int otherLeft, int otherRight) {
          return left != otherLeft ? otherLeft - left : otherRight - right;
        }
      };

  /** Notes that two symbols became the next one. */
  void add(int left, int right);

  /** Above 0 if the first pair goes first, below 0 if the other does; 0 if they are one. */
  int compare(int left, int right, int otherLeft, int otherRight);
}
